/* What stands between says that the server is away: an answer of ours always bears our policy. For pages and the worker. */
"use strict";

self.isElsewhere = (status, policy) => [502, 503, 504].includes(status) && !/script-src 'self'/.test(policy || "");
