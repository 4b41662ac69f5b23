/** How fast a chat template renders, beside the Template class of @huggingface/jinja. Run: node bench/jinja.ts */
import { Template } from '@huggingface/jinja';

import { render } from '../packages/coaia/src/jinja/index.ts';

const TEMPLATE = [
  '{%- if system %}<|system|>\n{{ system | trim }}<|end|>\n{%- endif %}',
  '{%- for message in messages %}',
  "{%- if message.role == 'user' %}<|user|>\n{{ message.content | trim }}<|end|>",
  "{%- elif message.role == 'assistant' %}<|assistant|>\n{{ message.content }}<|end|>",
  '{%- if message.calls is defined %}{%- for call in message.calls %}{{ call.name | upper }}{%- endfor %}{%- endif %}',
  '{%- endif %}',
  '{%- if loop.last %}<|assistant|>\n{%- endif %}',
  '{%- endfor %}',
].join('');

const variables = {
  system: ' Answer in one sentence. ',
  messages: Array.from({ length: 20 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: ` message number ${index}, some forty letters long `,
    ...(index % 5 === 1 ? { calls: [{ name: 'search' }] } : {}),
  })),
};

/** Renderings a second, the best of five rounds of 400 ms. */
function measure(run: () => string): number {
  const rounds = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 400) {
      run();
      count++;
    }
    return (count * 1000) / (performance.now() - start);
  });
  return Math.max(...rounds);
}

const other = new Template(TEMPLATE);
if (other.render(variables) !== render(TEMPLATE, variables)) throw new Error('the texts differ');
const ours = measure(() => render(TEMPLATE, variables));
const theirs = measure(() => other.render(variables));
console.log(
  JSON.stringify({
    template: '20-message chat',
    ours: Math.round(ours),
    huggingface: Math.round(theirs),
    ratio: Number((ours / theirs).toFixed(2)),
  }),
);
