/** What the parser makes of a template. */
import type { Place } from '../errors.ts';

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly keywords: readonly (readonly [string, Expression])[];
  readonly spread?: Expression;
  readonly keywordSpread?: Expression;
}

export interface Comparison {
  readonly operator: string;
  readonly operand: Expression;
}

/** `at` is where the operator, name or bracket stands. */
export type Expression = { readonly at: Place } & (
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'tuple' | 'list' | 'concat'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly pairs: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly object: Expression; readonly key: Expression }
  | {
      readonly kind: 'slice';
      readonly object: Expression;
      readonly bounds: readonly (Expression | undefined)[];
    }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: Arguments }
  | {
      readonly kind: 'filter';
      readonly name: string;
      readonly operand: Expression;
      readonly args: Arguments;
    }
  | {
      readonly kind: 'test';
      readonly name: string;
      readonly operand: Expression;
      readonly args: Arguments;
    }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'compare'; readonly first: Expression; readonly rest: readonly Comparison[] }
  | {
      readonly kind: 'choice';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression | undefined;
    }
);

export type ExpressionKind = Expression['kind'];
export type ExpressionOf<K extends ExpressionKind> = Expression & { readonly kind: K };

export interface Parameter {
  readonly name: string;
  readonly otherwise: Expression | undefined;
}

export interface Branch {
  readonly test: Expression;
  readonly body: readonly Statement[];
}

export type Statement = { readonly at: Place } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly expression: Expression; readonly source: string }
  | {
      readonly kind: 'if';
      readonly branches: readonly Branch[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'for';
      readonly target: Expression;
      readonly iterable: Expression;
      readonly filter: Expression | undefined;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly isRecursive: boolean;
    }
  | { readonly kind: 'set'; readonly target: Expression; readonly value: Expression }
  | {
      readonly kind: 'capture';
      readonly target: Expression;
      readonly filter: Expression | undefined;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'with';
      readonly pairs: readonly (readonly [Expression, Expression])[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'macro';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'call-block';
      readonly parameters: readonly Parameter[];
      readonly call: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'filter-block';
      readonly filter: Expression;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'do'; readonly expression: Expression }
  | { readonly kind: 'break' | 'continue' }
);

export type StatementKind = Statement['kind'];
export type StatementOf<K extends StatementKind> = Statement & { readonly kind: K };

/** The name under which a filter block hands its text to the first filter. */
export const BODY_NAME = ' body';
