/** `GET /` and `GET /docs`: every model, explained and ready to try. One answer, nothing loaded from anywhere. */
import { createHash } from 'node:crypto';
import type { Handle } from '../addresses.ts';
import { requireScope } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { readHealth } from '../health.ts';
import type { CatalogModel } from '../../versions/catalog.ts';
import { Html, markup } from './html.ts';
import { renderModel } from './render-model.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const toHash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the script and the style of this page run, and they ask only this service. */
const POLICY = `default-src 'none'; script-src ${toHash(SCRIPT)}; style-src ${toHash(STYLE)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

export const showPage: Handle = async (gateway, exchange) => {
  const models = listVisible(gateway, exchange);
  const { models: health } = await readHealth(gateway);
  const sections = models.flatMap((model) => {
    const manifest = model.versions.get(model.traffic.champion);
    if (manifest === undefined) return [];
    const isReady = health.every((one) => one.name !== model.name || one.isReady);
    const { isLocked } = gateway;
    return [renderModel({ model, manifest, isReady, isLocked, url: gateway.url() })];
  });
  return {
    status: 200,
    body: `<!doctype html>\n${renderShell(gateway, models, sections).text}`,
    type: 'text/html; charset=utf-8',
    headers: HEADERS,
  };
};

/** The models that the caller may ask. */
export function listVisible({ catalog }: Gateway, { caller }: Exchange): readonly CatalogModel[] {
  return catalog.list().filter(({ name }) => {
    try {
      requireScope(caller, 'predict', name);
      return true;
    } catch {
      return false;
    }
  });
}

function renderShell(
  gateway: Gateway,
  models: readonly CatalogModel[],
  sections: readonly Html[],
): Html {
  const { project } = gateway;
  const about =
    project.description ??
    `Ask ${models.length === 1 ? 'this model' : 'these models'} for predictions: try a row here, or copy a call into a program.`;
  const links = models.map(({ name }) => markup`<li><a href="#${name}">${name}</a></li>`);
  const nothing = markup`<section><p>There is no model here yet. Put one here with <code>ao deploy</code>.</p></section>`;
  return markup`<html lang="en" data-base="${gateway.url()}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${project.name}: predictions</title><link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style></head><body>
<a class="skip" href="#models">Skip to the models</a>
<header><h1>${project.name}</h1><p class="muted">${about}</p>
${models.length < 2 ? undefined : markup`<nav aria-label="Models"><ul>${links}</ul></nav>`}
</header><main id="models">${sections.length === 0 ? nothing : sections}</main>
<footer>For programs: <a href="/openapi.json">description of every address</a>, <a href="/v1/models">models</a>, <a href="/health">health</a>, <a href="/metrics">counters</a>.</footer>
<script>${new Html(SCRIPT)}</script></body></html>`;
}
