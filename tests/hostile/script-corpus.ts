/** Texts that try to become code, requests or another page. `beacon` is an address that must never be asked. */

/** An address that runs; as the id of a session, too. */
// oxlint-disable-next-line eslint/no-script-url -- that is what is tested
export const SCRIPT_URL = 'javascript:hit()';

/** Every text calls `hit()` or asks the beacon when something takes it for more than text. */
export function listScripts(beacon: string): readonly string[] {
  return [
    '<script>hit()</script>',
    `<script src="${beacon}/script"></script>`,
    `<img src="${beacon}/img">`,
    '<img src=x onerror="hit()">',
    '<svg/onload=hit()>',
    `<svg><image href="${beacon}/svg"/></svg>`,
    `<iframe src="${beacon}/frame"></iframe>`,
    '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
    `<link rel="stylesheet" href="${beacon}/css">`,
    `<link rel="prefetch" href="${beacon}/prefetch">`,
    `<style>@import url("${beacon}/import");</style>`,
    `<div style="background:url(${beacon}/background)">x</div>`,
    `<meta http-equiv="refresh" content="0;url=${beacon}/refresh">`,
    `<base href="${beacon}/">`,
    `<form action="${beacon}/form"><input autofocus onfocus=hit()></form>`,
    `<object data="${beacon}/object"></object><embed src="${beacon}/embed">`,
    `<video src="${beacon}/video" autoplay onerror=hit()></video>`,
    '<details open ontoggle=hit()>x</details>',
    '<a href="javascript:hit()">click</a>',
    '"><script>hit()</script><"',
    "'-hit()-'",
    '</script><script>hit()</script>',
    '</title><script>hit()</script>',
    '</textarea><script>hit()</script>',
    // oxlint-disable-next-line eslint/no-template-curly-in-string -- the text is meant as it stands
    '${hit()}',
    '{{constructor.constructor("hit()")()}}',
    `![image](${beacon}/markdown-image)`,
    `![image][ref]\n\n[ref]: ${beacon}/markdown-reference`,
    `[click](${SCRIPT_URL})`,
    '[click](JaVaScRiPt:hit())',
    '[click](java\tscript:hit())',
    '[click](data:text/html,<script>hit()</script>)',
    '[click](vbscript:hit())',
    '[click](//evil.example/x)',
    `[link](${beacon}/markdown-link)`,
    `<${beacon}/autolink>`,
    `${beacon}/bare`,
    `\`\`\`html\n<img src="${beacon}/fence" onerror=hit()>\n\`\`\``,
    `data:text/html,<script>hit()</script>`,
    `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='hit()'/>`,
    SCRIPT_URL,
    '\u{202e}<script>hit()</script>\u{202c}',
    '<scr\0ipt>hit()</scr\0ipt>',
    '<img src=x onerror=&#104;it()>',
    '＜script＞hit()＜/script＞',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hit()&gt;">',
    '__proto__',
  ];
}

/** A trace with the texts in every place that the page shows; ids included. */
export function toHostileTrace(beacon: string): readonly object[] {
  const scripts = listScripts(beacon);
  const all = scripts.join('\n\n');
  const short = '<img src=x onerror=hit()>';
  const image = `<img src="${beacon}/field">`;
  const timestamp = new Date().toISOString();
  const content = [
    { role: short, content: all },
    {
      role: 'user',
      content: [
        { type: 'text', text: all },
        { type: 'image_url', image_url: { url: `${beacon}/image-part` } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: short,
          type: 'function',
          function: { name: short, arguments: JSON.stringify({ all }) },
        },
      ],
    },
    { role: 'tool', tool_call_id: short, name: image, content: all },
  ];
  const metadata = Object.fromEntries(
    scripts.map((text, index) => [`${text.slice(0, 60)} ${index}`, text]),
  );
  const traceId = 'hostile"><img src=x onerror=hit()>';
  const event = (type: string, body: object, index: number) => ({
    id: `hostile-${index}`,
    type,
    timestamp,
    body,
  });
  const trace = {
    id: traceId,
    name: image,
    input: content,
    output: all,
    metadata,
    tags: scripts.slice(0, 40),
    userId: short,
    sessionId: SCRIPT_URL,
    release: image,
    version: short,
  };
  const generation = {
    id: `${short}-generation`,
    traceId,
    name: short,
    model: image,
    modelParameters: { [short]: short },
    input: content,
    output: { role: 'assistant', content: all },
    metadata,
    statusMessage: all,
    level: 'ERROR',
    startTime: timestamp,
    endTime: timestamp,
    promptName: short,
    promptVersion: 1,
    usage: { input: 1, output: 1, unit: 'TOKENS' },
  };
  return [
    event('trace-create', trace, 0),
    event('generation-create', generation, 1),
    ...scripts.map((text, index) =>
      event(
        'span-create',
        {
          id: `span-${index}`,
          traceId,
          name: text,
          input: text,
          output: { [text]: text },
          statusMessage: text,
          startTime: timestamp,
          endTime: timestamp,
        },
        index + 2,
      ),
    ),
    event(
      'score-create',
      { id: 'hostile-score', traceId, name: short, value: image, comment: all },
      1000,
    ),
  ];
}
