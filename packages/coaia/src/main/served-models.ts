/** What agents see of served models. */
export { toRowSchema } from '#serving';
