// What this computer holds of one person's drafts, by the address under which a form is saved.
//
// A cell is {value, shown, label}, and has {saved: digest} as soon as the server has it. It stays until a page made after
// that has opened: a page made just before shows neither the old nor the new words.

const PREFIX = "yuetan-draft:";
const SENT = "yuetan-sent:";
const LAST_OWNER = "yuetan-last-owner";

/** A page of nobody: what was sent before it was not taken, for one has to log in first. */
export function unmarkSent(getStorage = () => window.localStorage) {
  try {
    const storage = getStorage();
    for (const key of Object.keys(storage)) if (key.startsWith(SENT)) storage.removeItem(key);
  } catch {
    // A browser that forbids storage holds nothing either.
  }
}

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
    return this.#keys(PREFIX)
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length));
  }

  /** Lets one form go. */
  remove(url) {
    this.#attempt((storage) => {
      storage.removeItem(this.#key(url));
      storage.removeItem(this.#sentKey(url));
    });
  }

  /** A form is on its way: what it says stays here until another page shows that the server has taken it. */
  markSent(url) {
    if (Object.keys(this.read(url)).length) this.#attempt((storage) => storage.setItem(this.#sentKey(url), "1"));
  }

  /** Another page has come: a form that was sent and does not stand on it was taken, one that does came back. */
  forgetAccepted(openUrls) {
    const start = this.#sentKey("");
    const sent = this.#keys(SENT).filter((key) => key.startsWith(start));
    for (const url of sent.map((key) => key.slice(start.length))) {
      if (openUrls.includes(url)) this.#attempt((storage) => storage.removeItem(this.#sentKey(url)));
      else this.remove(url);
    }
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
      for (const key of this.#keys(PREFIX)) if (!key.startsWith(start)) storage.removeItem(key);
      const sent = this.#sentKey("");
      for (const key of this.#keys(SENT)) if (!key.startsWith(sent)) storage.removeItem(key);
      storage.setItem(LAST_OWNER, this.#owner);
    });
  }

  /** Lets go of what the server has, but of the forms that are open: they see to their own. */
  forgetSaved(openUrls) {
    for (const url of this.urls()) {
      if (!openUrls.includes(url)) this.write(url, unsavedCells(this.read(url)));
    }
  }

  #sentKey(url) {
    return `${SENT}${this.#owner}:${url}`;
  }

  #key(url) {
    return `${PREFIX}${this.#owner}:${url}`;
  }

  #keys(prefix) {
    return this.#attempt((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix)), []);
  }

  #attempt(work, otherwise) {
    try {
      return work(this.#storage());
    } catch {
      return otherwise;
    }
  }
}
