/** Page for a browser without a session: it says how to get one, and nothing about what is open. */
export const SIGN_IN_PAGE = page(
  'Lobate needs its address again',
  `<p>This page is answered only with the address that Lobate printed in the terminal it runs in: it carries a token that
  works once, for five minutes.</p>
  <p>Press Enter in that terminal and Lobate prints a new one.</p>`,
);

export const NOT_BUILT_PAGE = page(
  'The window is not built',
  '<p>Run <code>npm run build:renderer</code> in the folder of Lobate and load this page again.</p>',
);

/**
 * Enters the app by a navigation of our own. After a redirect from another site's link the browser would hold back the
 * SameSite=Strict cookie that came with it.
 */
export const ENTER_PAGE = page(
  'Lobate',
  '<p><a href="/">Open Lobate</a></p>',
  '<meta http-equiv="refresh" content="0; url=/">',
);

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>${head}<link rel="icon" href="data:,">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;color:#c9ced6;background:#101113}
a{color:#8fb4ff}</style></head>
<body><h1 style="font-size:1.25rem">${title}</h1>${body}</body>
</html>
`;
}
