// What tests of the browser's modules are written with.

export function equal(found, expected) {
  const [one, other] = [found, expected].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`found ${one}, expected ${other}`);
}

/** A form of this content, in the page. */
export function formOf(content) {
  document.body.innerHTML = `<form>${content}</form>`;
  return document.querySelector("form");
}

/** A storage as a browser has it, but of one's own. */
export function storageOf(entries = {}) {
  const storage = { ...entries };
  const methods = {
    getItem: (key) => (Object.hasOwn(storage, key) ? storage[key] : null),
    setItem: (key, value) => {
      storage[key] = value;
    },
    removeItem: (key) => {
      delete storage[key];
    },
  };
  for (const [name, method] of Object.entries(methods))
    Object.defineProperty(storage, name, { value: method, configurable: true });
  return storage;
}
