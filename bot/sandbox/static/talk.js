// Talks to the sandbox's control API, and tells in the page what went wrong.

const API = "/sandbox/api/";
export const $ = (id) => document.getElementById(id);

export async function get(path, query = {}) {
  return result(await fetch(`${API}${path}?${new URLSearchParams(query)}`));
}

export async function act(action, args) {
  return result(await fetch(API + action, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(args),
  }));
}

async function result(answer) {
  const body = await answer.json();
  if (!body.ok) throw new Error(body.description);
  return body.result;
}

/** Do it, or say in the page why not. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(reason(error));
    return null;
  }
}

/** What to say of an error. */
export function reason(error) {
  return error instanceof TypeError ? "The sandbox does not answer." : error.message;
}

let timer = 0;
/** Say something for a moment, longer where there is more to read. */
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { $("toast").hidden = true; }, Math.max(4000, 60 * text.length));
}

/** What this browser tab remembers over a reload: what was shown, and what was written but not sent. */
export const memory = {
  get(name) { return JSON.parse(sessionStorage.getItem(name) ?? "null"); },
  set(name, value) {
    if (value === null || value === "") sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  },
};

export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
