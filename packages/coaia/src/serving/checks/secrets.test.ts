import { describe, expect, test } from 'vitest';
import { findSecret, findSecrets } from './secrets.ts';

/** Put together here, so that nobody's scanner takes this file for a leak. */
const join = (...parts: readonly string[]) => parts.join('');

describe('what looks like a secret', () => {
  test.each([
    ['password = "hunter2hunter2"', '`password`'],
    ["db_password: 'correct-horse'", '`db_password`'],
    ['Sys.setenv(DB_TOKEN = "a1b2c3d4e5")', '`DB_TOKEN`'],
    ['api.key <- "abcd1234efgh"', '`api.key`'],
    ['ENV SECRET_KEY=abcdef123456', '`SECRET_KEY`'],
    ['{"accessKey": "abc123def456"}', '`accessKey`'],
    [join('x = "AKIA', 'IOSFODNN7EXAMPLE"'), 'AWS'],
    [join('t = "ghp_', 'a'.repeat(36), '"'), 'GitHub'],
    [join('k = "sk-', 'proj-abcdefghij0123456789"'), 'OpenAI'],
    [join('-----BEGIN RSA ', 'PRIVATE KEY-----'), 'private key'],
    [join('url = "postgres://me:', 's3cretword@db/prod"'), 'address'],
  ])('%s', (line, part) => expect(findSecret(line)).toContain(part));

  test.each([
    'password = os.environ["DB_PASSWORD"]',
    'password = Sys.getenv("DB_PASSWORD")',
    'names = ["DB_PASSWORD", "API_TOKEN"]',
    'max_tokens = "4096000"',
    'token = tokenizer(text)',
    'ENV DB_PASSWORD=$DB_PASSWORD',
    'password: <your password>',
    'secret = "changeme"',
    'token_path = "/run/secrets/token"',
    'def login(user, password=None):',
    join('postgres://me:$', '{PASSWORD}@db/prod'),
    'self.token_count = token_count',
    'password = "hunter2hunter2"  # ao: not a secret',
    'env = "DB_PASSWORD"',
    'the password is written in the manual',
  ])('not: %s', (line) => expect(findSecret(line)).toBeUndefined());

  test('a long line is read once', () => {
    // Quadratic expressions need minutes for each of these.
    for (const part of ['0a', 'ab.', 'token', 'a+', 'eyJ', 'http://', 'password "', '-----BEGIN '])
      expect(findSecret(part.repeat(200_000 / part.length))).toBeUndefined();
  });

  test('the value is never repeated', () => {
    const [finding] = findSecrets('Dockerfile', 'FROM x\nENV API_TOKEN=abcdef123456');
    expect(finding).toMatchObject({ code: 'AO601', file: 'Dockerfile', line: 2 });
    expect(JSON.stringify(finding)).not.toContain('abcdef123456');
  });
});
