// Pages read without a browser: every address in them, and every id.

import { parse } from 'parse5';

function* walk(node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* walk(child);
  if (node.content) yield* walk(node.content);
}

const attribute = (node, name) => node.attrs?.find((a) => a.name === name)?.value;

/** Attributes that hold an address. */
const addresses = ['href', 'src', 'poster', 'data', 'action', 'cite', 'xlink:href', 'data-search', 'data-search-script', 'data-search-style', 'data-search-a-z'];

/** `{ids, links: [{tag, attribute, value, rel, loading}], lang, dir, title}` of one page. */
export function read(html) {
  const ids = [], links = [];
  let lang, dir, title;
  for (const node of walk(parse(html))) {
    if (!node.tagName) continue;
    const id = attribute(node, 'id');
    if (id !== undefined) ids.push(id);
    if (node.tagName === 'html') { lang = attribute(node, 'lang'); dir = attribute(node, 'dir'); }
    if (node.tagName === 'title' && node.namespaceURI.endsWith('xhtml')) title = node.childNodes[0]?.value;
    for (const name of addresses) {
      const value = attribute(node, name);
      if (value !== undefined) links.push({ tag: node.tagName, attribute: name, value, rel: attribute(node, 'rel'), loading: attribute(node, 'loading') });
    }
    for (const part of (attribute(node, 'srcset') ?? '').split(',').filter((p) => p.trim())) {
      links.push({ tag: node.tagName, attribute: 'srcset', value: part.trim().split(/\s+/)[0] });
    }
    if (node.tagName === 'meta' && /^refresh$/i.test(attribute(node, 'http-equiv') ?? '')) {
      links.push({ tag: 'meta', attribute: 'refresh', value: (attribute(node, 'content') ?? '').replace(/^[^=]*url=/i, '') });
    }
    if (node.tagName === 'script' && attribute(node, 'type') === 'application/ld+json') {
      const addressesIn = (value) => {
        if (Array.isArray(value)) value.forEach(addressesIn);
        else if (value && typeof value === 'object') {
          for (const [key, inner] of Object.entries(value)) {
            if (['item', 'url', '@id'].includes(key) && typeof inner === 'string') links.push({ tag: 'json-ld', attribute: key, value: inner });
            else addressesIn(inner);
          }
        }
      };
      addressesIn(JSON.parse(node.childNodes[0].value));
    }
  }
  return { ids, links, lang, dir, title };
}
