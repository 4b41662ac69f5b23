/** Prints the texts of the built-in templates as JSON, for generate-expected.py. */
import { collectTexts } from './texts.ts';

process.stdout.write(JSON.stringify(await collectTexts()));
