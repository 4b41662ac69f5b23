/** Floor 0: the shapes in which rooms show commands and routes to the shells. */
export * from './action.ts';
export * from './column.ts';
export * from './command.ts';
export * from './list.ts';
export * from './need.ts';
export * from './route.ts';
