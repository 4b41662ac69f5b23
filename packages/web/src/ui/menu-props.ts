import type { HTMLAttributes, ReactElement, ReactNode } from 'react';

/** A menu that opens from its trigger, a button element. */
export interface MenuProps {
  readonly renderTrigger: (props: TriggerProps) => ReactElement;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** What a trigger is given; it passes all of it on to its button. */
export type TriggerProps = HTMLAttributes<HTMLElement>;

/** One action; `detail` stands muted at the right. */
export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: 'danger';
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

/** One of several. */
export interface MenuChoicesProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly detail?: string;
  }[];
  readonly onChange: (value: T) => void;
}
