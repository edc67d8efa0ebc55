// The two ways a reader gets the guide: from a web server, and by double-click from a disk.

import { fileUrl, guide } from './guide.mjs';
import { serve } from './server.mjs';

/** `[{name, url(file), close()}]` */
export async function ways(root = guide) {
  const server = await serve(root);
  return {
    http: (file) => server.url(file),
    file: (file) => fileUrl(root, file),
    origin: server.origin,
    close: server.close,
  };
}

export const wayNames = ['http', 'file'];
