import { shortened } from './shortened.mjs';

/** The action finds its comment by this line, which is not visible. */
const MARK = '<!-- cdktf-cloud-run review -->';

/** The longest comment that GitHub accepts, in characters. */
const MOST_CHARACTERS = 65_536;

/** A review as a comment: the mark, and as much of the review as fits. */
export function withMark(text) {
  return shortened(`${MARK}\n${text}`, MOST_CHARACTERS, 'see the summary of the job');
}

/**
 * Writes the body into the comment of this action on a pull request. Writes nothing if the review has no findings and there is no
 * comment yet. Returns what was done, or why it could not be done: an error of GitHub does not fail the review.
 */
export async function comment({ api, repository, number, token, body, hasFindings }) {
  if (!token) return 'no token to comment with: the review is in the summary of the job';
  const call = caller(api, token);
  const comments = `/repos/${repository}/issues/${number}/comments`;
  try {
    const own = await ownComment(call, comments);
    if (own === undefined && !hasFindings) return 'no findings: no comment';
    if (own?.body === body) return 'the comment says so already';
    if (own === undefined) await call('POST', comments, { body });
    else await call('PATCH', `/repos/${repository}/issues/comments/${own.id}`, { body });
    return own === undefined ? 'commented' : 'the comment was brought up to date';
  } catch (error) {
    return `no comment, since ${reason(error)}: the review is in the summary of the job`;
  }
}

/**
 * The comment of an earlier run. A comment of another author is never used, even if it contains the mark: its author could change it
 * afterwards.
 */
async function ownComment(call, comments) {
  const login = await loginOf(call);
  const isOwn = ({ user, body }) =>
    body?.startsWith(MARK) && (login === undefined ? user?.type === 'Bot' : user?.login === login);
  for (let page = 1; ; page++) {
    const found = await call('GET', `${comments}?per_page=100&page=${page}`);
    const own = found.find(isOwn);
    if (own !== undefined || found.length < 100) return own;
  }
}

/** The user of the token; undefined for the token of a job, which may not read its user. */
async function loginOf(call) {
  try {
    return (await call('GET', '/user')).login;
  } catch (error) {
    if (error instanceof Refused && [401, 403, 404].includes(error.status)) return undefined;
    throw error;
  }
}

/** An error response of GitHub. */
class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function caller(api, token) {
  return async (method, path, json) => {
    const response = await fetch(api + path, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'cdktf-cloud-run',
        'x-github-api-version': '2022-11-28',
      },
      body: json && JSON.stringify(json),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, answer.message ?? response.statusText);
    return answer;
  };
}

function reason(error) {
  if (!(error instanceof Refused)) return `GitHub cannot be reached (${error.cause?.code ?? error.message})`;
  const words = `GitHub returned ${error.status} (${error.message})`;
  return [401, 403, 404].includes(error.status)
    ? `${words}; the job needs the permission pull-requests: write, which a pull request of a fork never has`
    : words;
}
