/** A live view follows what happens where JavaScript runs; without it the page works all the same. */
export const SCRIPT = `(() => {
  const pause = 3000;
  async function again() {
    const main = document.getElementById('main');
    if (!main.hasAttribute('data-live')) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
        if (answer.ok && next !== null && next.innerHTML !== main.innerHTML && !main.contains(document.activeElement)) {
          main.replaceWith(next);
        }
      } catch {}
    }
    setTimeout(again, pause);
  }
  setTimeout(again, pause);
})();
`;
