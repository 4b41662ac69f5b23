// Sets theme and density before the first paint, so that nothing flashes. Loaded first in the head;
// a separate file because the content policy allows no inline script.
(() => {
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('coaia.preferences') ?? '{}');
  } catch {
    // Storage may be blocked; the defaults below hold.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const more = matchMedia('(prefers-contrast: more)').matches;
  const theme = saved.theme ?? 'system';
  let resolved = theme;
  if (theme === 'system') resolved = more ? 'contrast' : dark ? 'dark' : 'light';
  if (resolved === 'contrast' && dark) resolved = 'contrast-dark';
  document.documentElement.dataset.theme = resolved;
  document.documentElement.dataset.density = saved.density ?? 'compact';
})();
