// What this computer holds of one person's drafts, by the address under which a form is saved.
//
// A cell is {value, shown, label}, and has {saved: digest} as soon as the server has it. It stays until a page made after
// that has opened: a page made just before shows neither the old nor the new words.

const PREFIX = "yuetan-draft:";
const LAST_OWNER = "yuetan-last-owner";

/** The cells that the server does not have. */
export function unsavedCells(cells) {
  return Object.fromEntries(Object.entries(cells).filter(([, cell]) => !cell.saved));
}

export class DraftStore {
  #owner;
  #storage;
  #isClosed = false;

  /** `getStorage` is called each time, for a browser may forbid even the look at it. */
  constructor(owner, getStorage = () => window.localStorage) {
    this.#owner = owner;
    this.#storage = getStorage;
  }

  /** The cells of one form; none if there are none that can be read. */
  read(url) {
    return this.#attempt((storage) => JSON.parse(storage.getItem(this.#key(url))) || {}, {});
  }

  /** Puts down the cells of one form. Returns whether they are there: not if the browser is full or somebody else's. */
  write(url, cells) {
    if (this.#isClosed) return false;
    return this.#attempt((storage) => {
      if (storage.getItem(LAST_OWNER) !== this.#owner) return false;
      if (Object.keys(cells).length) storage.setItem(this.#key(url), JSON.stringify(cells));
      else storage.removeItem(this.#key(url));
      return true;
    }, false);
  }

  /** The addresses of the forms of which anything is held. */
  urls() {
    const start = this.#key("");
    return this.#keys()
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length));
  }

  /** Lets one form go. */
  remove(url) {
    this.#attempt((storage) => storage.removeItem(this.#key(url)));
  }

  /** Takes no more words, for its owner is logging out, and lets all go. */
  close() {
    this.#isClosed = true; // first: a request that leaving cuts off would put its words down again
    for (const url of this.urls()) this.remove(url);
  }

  /** Computers are shared: nobody finds what somebody else has typed. */
  claim() {
    this.#attempt((storage) => {
      const start = this.#key("");
      for (const key of this.#keys()) if (!key.startsWith(start)) storage.removeItem(key);
      storage.setItem(LAST_OWNER, this.#owner);
    });
  }

  /** Lets go of what the server has, but of the forms that are open: they see to their own. */
  forgetSaved(openUrls) {
    for (const url of this.urls()) {
      if (!openUrls.includes(url)) this.write(url, unsavedCells(this.read(url)));
    }
  }

  #key(url) {
    return `${PREFIX}${this.#owner}:${url}`;
  }

  #keys() {
    return this.#attempt((storage) => Object.keys(storage).filter((key) => key.startsWith(PREFIX)), []);
  }

  #attempt(work, otherwise) {
    try {
      return work(this.#storage());
    } catch {
      return otherwise;
    }
  }
}
