(() => {
  // Finds what a person means by the words that are on it: exactly these words first, then what
  // begins with them. What isn't shown isn't found.
  const words = text => (text || '').replace(/\s+/g, ' ').trim();
  const shown = element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const named = element => words(element.getAttribute('aria-label') || element.innerText || element.value);
  const pick = (elements, wanted, what) => {
    const seen = elements.filter(shown);
    const found = seen.find(element => named(element) === wanted) || seen.find(element => named(element).startsWith(wanted));
    if (!found) throw new Error(`no ${what} “${wanted}” at ${location.href}; there are: ${seen.map(named).join(' | ')}\n${document.querySelector('main')?.innerText}`);
    return found;
  };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const field = label => {
    const labels = all('label').filter(found => found.control);
    const found = pick([...labels, ...all('input[aria-label], select[aria-label], textarea[aria-label]')], label, 'field');
    return found.control || found;
  };
  return {
    field,
    // Where to click.
    pressable(wanted) {
      const found = pick(all('button, a[href], summary, input[type=submit], label'), wanted, 'button or link');
      found.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = found.getClientRects()[0];
      return [box.left + Math.min(box.width / 2, 60), box.top + box.height / 2];
    },
    // True when the text is to be typed; fields with a form of their own for it take it whole.
    focus(label, text) {
      const control = field(label);
      control.scrollIntoView({ block: 'center', behavior: 'instant' });
      control.focus();
      if (document.activeElement !== control) throw new Error(`“${label}” can't be typed into`);
      if (/^(date|time|datetime-local|number|color|range)$/.test(control.type)) {
        control.value = text;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
        return false;
      }
      control.select();
      if (text === '') control.value = '';
      return text !== '';
    },
    choose(label, entry) {
      const list = field(label);
      const option = [...list.options].find(option => words(option.text) === entry) || [...list.options].find(option => words(option.text).startsWith(entry));
      if (!option) throw new Error(`no entry “${entry}” in “${label}”: ${[...list.options].map(option => option.text).join(' | ')}`);
      list.value = option.value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    },
  };
})()
