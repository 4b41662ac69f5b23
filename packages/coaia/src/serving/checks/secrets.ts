/** Literals that look like passwords, keys and tokens. Their values never leave this file. */
import type { Finding } from '../signatures/finding.ts';

/** What well-known keys look like, whatever they are assigned to. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a token of GitHub', /\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/],
  ['a token of GitLab', /\bglpat-[\w-]{20,}/],
  ['a token of Slack', /\bxox[abeoprs]-[\w-]{10,}/],
  ['a key of Google', /\bAIza[\w-]{35}\b/],
  ['a key of Stripe', /\b[rs]k_live_\w{16,}/],
  ['a key of OpenAI or Anthropic', /\bsk-(?:ant-|proj-|lf-)?[\w-]{20,}/],
  ['a token of Hugging Face', /\bhf_[A-Za-z0-9]{30,}/],
  ['a token of PyPI', /\bpypi-[\w-]{40,}/],
  ['a JSON web token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  [
    'a password in an address',
    /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@"']+:(?![$<{%*])[^\s/@"']{3,}@/i,
  ],
];

/**
 * `password = "..."`, `api_key: ...`, `Sys.setenv(DB_TOKEN = "...")`, `ENV SECRET_KEY=...`, `"token" <- '...'`. Names are bounded: a line may be
 * megabytes long.
 */
const ASSIGNED =
  /(?<![\w.-])(?<name>[\w.-]{0,64}(?:passw(?:or)?d|passwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|credential)[\w.-]{0,64})["']?\s*(?:=>?|:|<-)\s*(?<value>"[^"]*"|'[^']*'|[^\s"',;(){}[\]]+)/gi;

/** Words that stand for a value instead of being one. */
const STAND_IN =
  /^(?:|none|null|na|true|false|str|string|text|auto|x{3,}|\*+|\.{3,}|change[_-]?me|your[_-].*|example.*|placeholder|todo|<.*>|\$.*|%.*%|\{.*\}|.*(?:getenv|environ|secrets?\.|keyring|file\.|readLines|input).*)$/i;

/** Names that only sound like secrets. */
const HARMLESS =
  /(?:max_?tokens?|n_?tokens?|tokens|tokeni[sz]er?|token_(?:count|limit|type|pattern)|secret_?names?|_(?:file|path|env|name|url|header)s?)$/i;

const SPARED = '# ao: not a secret';

/** One line: what it looks like and to whom it belongs, without the value. */
export function findSecret(line: string): string | undefined {
  if (line.includes(SPARED)) return undefined;
  const shape = SHAPES.find(([, pattern]) => pattern.test(line));
  if (shape !== undefined) return shape[0];
  for (const { groups } of line.matchAll(ASSIGNED)) {
    const { name = '', value = '' } = groups ?? {};
    if (isLiteral(name, value)) return `a value for \`${name}\``;
  }
  return undefined;
}

/** In code only what stands in quotes is a literal; elsewhere a bare word needs a digit to be no name. */
function isLiteral(name: string, value: string): boolean {
  const isQuoted = /^["']/.test(value);
  const inner = isQuoted ? value.slice(1, -1) : value;
  if (inner.length < 6 || STAND_IN.test(inner) || HARMLESS.test(name)) return false;
  if (isQuoted) return !/\s/.test(inner.trim());
  return /\d/.test(inner) && /[A-Za-z]/.test(inner) && inner.length >= 8;
}

/** Every place of a file. A list of names in `[secrets]` is none. */
export function findSecrets(file: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index): readonly Finding[] => {
    const found = findSecret(line);
    if (found === undefined) return [];
    return [
      {
        code: 'AO601',
        severity: 'error',
        message: `${file} line ${index + 1} holds ${found}, written out.`,
        file,
        line: index + 1,
        cause:
          'Everybody who gets the file, its history or an image made of it can read the value.',
        fix: 'take it out, replace it by a new one where it was issued, and list only its name in [secrets] of ao.toml',
      },
    ];
  });
}
