/** The lines of Markdown that fit into a number of characters, with folded parts closed, and the number of lines that are left out. */
export function shortened(text, most, elsewhere) {
  if (text.length <= most) return text;
  const all = text.split('\n');
  let kept = all.length;
  while (kept > 1 && cut(all, kept, elsewhere).length > most) kept -= Math.max(1, Math.floor((all.length - kept) / 8));
  return cut(all, kept, elsewhere);
}

function cut(all, kept, elsewhere) {
  const shown = all.slice(0, kept);
  const count = (line) => shown.filter((each) => each === line).length;
  const closed = Array(Math.max(0, count('<details>') - count('</details>'))).fill('\n</details>');
  const more = (all.length - kept).toLocaleString('en-US');
  return [...shown, ...closed, `\n… and ${more} more lines: ${elsewhere}.`].join('\n');
}
