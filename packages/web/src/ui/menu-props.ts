import type { ReactElement, ReactNode } from 'react';

/** A menu that opens from its trigger, a button element. */
export interface MenuProps {
  readonly trigger: ReactElement<TriggerProps>;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** What a trigger has to take. */
export interface TriggerProps {
  readonly onClick?: () => void;
  readonly onPointerEnter?: () => void;
  readonly onFocus?: () => void;
  readonly 'aria-haspopup'?: 'menu' | 'dialog';
  readonly 'aria-expanded'?: boolean;
}

/** One action; `detail` stands muted at the right. */
export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: 'danger';
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

/** An action that is on or off. */
export interface MenuCheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
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
