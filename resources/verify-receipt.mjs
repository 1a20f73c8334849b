#!/usr/bin/env node
/**
 * Checks receipts and exported histories of Replica Desk. Needs Node 18 or newer and nothing else: no package, no
 * network. What is checked, and by which rule, is written down in docs/receipts.md. Built from src/verifier by
 * scripts/build-verifier.mjs; the same sources always make the same file.
 *
 *   node verify-receipt.mjs FILE [FILE…] [--key FINGERPRINT] [--against RECEIPT] [--json]
 *
 * Exit code 0: every file is good. 1: one was refused. 2: a file could not be read, or the command is wrong.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
// src/verifier/shown.ts
var longestFinding = 1e3;
/**
* What could make a terminal or a window show something else than is there: control and format characters (escape
* codes, line ends, changes of direction), blanks that are none, a second blank in a row (it would push the rest to the
* next line), piled up marks. Joiners stay where a script or an emoji needs them.
*/
var unseen = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d](?![^\0-\x7f])|(?<![^\0-\x7f])[\u200c\u200d]|(?! )\p{Zs}|(?<= ) |[\u034f\u115f\u1160\u2800\u3164\uffa0]|(?<=\p{M}{4})\p{M}|\\(?=u\{)/gu;
/** A text from anywhere, safe to print: what cannot be seen is written as its code point, such as `\u{1b}`. */
var shown = (text) => text.replace(unseen, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
/** Safe to print, and so short that a narrow terminal does not begin a line of its own with it. The end of a name counts. */
var shownShort = (text) => {
	const signs = [...shown(text)];
	return signs.length <= 48 ? signs.join("") : `${signs.slice(0, 31).join("")}…${signs.slice(-16).join("")}`;
};
var cut = (text) => {
	const signs = [...text.slice(0, 240)];
	return signs.length > 60 ? `${signs.slice(0, 59).join("")}…` : signs.join("");
};
/** What a verdict says, whatever the file held. */
var presentable = (verdict) => ({
	...verdict,
	fileName: shown(verdict.fileName).slice(0, 400),
	findings: verdict.findings.map(({ code, text }) => ({
		code,
		text: shown(text).slice(0, longestFinding)
	}))
});
// src/verifier/json.ts
var mostDepth = 32;
/** A plan of 2,000 deletions, each tried a few times, stays below half of these. */
var mostValues = 2e6;
/** Every text of ours has at most 1,000 characters, of six bytes each where they are escaped. */
var longestTokenBytes = 8192;
/** A text whose file cannot be taken at its word; `code` is told. */
var Refusal = class extends Error {
	name = "Refusal";
	code;
	constructor(code, text) {
		super(text);
		this.code = code;
	}
};
/**
* Goes over JSON byte by byte before anything is made of it: a file must not cost more memory or time than a receipt
* does, whatever it holds. Fed piece by piece.
*/
var Bounds = class {
	depth = 0;
	values = 0;
	tokenBytes = 0;
	isInText = false;
	isEscaped = false;
	feed(bytes) {
		for (const byte of bytes) if (this.isInText) this.inText(byte);
		else this.outside(byte);
	}
	inText(byte) {
		if (this.isEscaped) this.isEscaped = false;
		else if (byte === 92) this.isEscaped = true;
		else if (byte === 34) this.isInText = false;
		this.grow();
	}
	outside(byte) {
		switch (byte) {
			case 123:
			case 91:
				this.depth += 1;
				if (this.depth > mostDepth) throw new Refusal("too-deep", "It is nested deeper than any receipt or record is.");
				return this.next();
			case 125:
			case 93:
				this.depth -= 1;
				this.tokenBytes = 0;
				return;
			case 44: return this.next();
			case 34:
				this.isInText = true;
				this.tokenBytes = 0;
				return;
			case 58:
			case 32:
			case 9:
			case 10:
			case 13:
			case 0:
				this.tokenBytes = 0;
				return;
			default: this.grow();
		}
	}
	next() {
		this.tokenBytes = 0;
		this.values += 1;
		if (this.values > mostValues) throw new Refusal("too-large", "It holds more values than any receipt does.");
	}
	grow() {
		this.tokenBytes += 1;
		if (this.tokenBytes > longestTokenBytes) throw new Refusal("too-long", "It holds a text or a number that is longer than any of ours.");
	}
};
var numberPattern = /-?\d[\d.eE+-]*/y;
/**
* Goes over a text that is known to be JSON. A name that stands twice in an object, or a number written in another way
* than JavaScript writes it, would let two programs read two different things out of one file.
*/
var refuseAmbiguity = (text) => {
	const open = [];
	let isName = false;
	let index = 0;
	while (index < text.length) {
		const sign = text[index];
		if (sign === "\"") {
			const from = index;
			index += 1;
			while (text[index] !== "\"") index += text[index] === "\\" ? 2 : 1;
			index += 1;
			const names = open.at(-1);
			if (!isName || !names) continue;
			const name = JSON.parse(text.slice(from, index));
			if (names.has(name)) throw new Refusal("duplicate-name", `The name “${cut(name)}” stands twice in one object.`);
			names.add(name);
			isName = false;
			continue;
		}
		if (sign === "{" || sign === "[") {
			open.push(sign === "{" ? /* @__PURE__ */ new Set() : null);
			isName = sign === "{";
		} else if (sign === "}" || sign === "]") open.pop();
		else if (sign === ",") isName = open.at(-1) instanceof Set;
		else if (sign === "-" || sign !== void 0 && sign >= "0" && sign <= "9") {
			numberPattern.lastIndex = index;
			const number = numberPattern.exec(text)?.[0] ?? "";
			if (String(Number(number)) !== number) throw new Refusal("odd-number", `The number ${cut(number)} is not written as this app writes numbers.`);
			index += number.length;
			continue;
		}
		index += 1;
	}
};
/** Reads JSON that has one meaning only. */
var readJson = (bytes) => {
	const text = textOf(bytes);
	new Bounds().feed(bytes);
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Refusal("not-json", "It is not JSON, or only a part of it.");
	}
	refuseAmbiguity(text);
	return value;
};
/**
* The one text that a value is signed as (RFC 8785): names sorted by their UTF-16 units, no spaces, numbers and texts
* as ECMAScript's JSON.stringify writes them.
*/
var canonicalJson = (value) => {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	return `{${Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`).join(",")}}`;
};
var sha256 = (data) => createHash("sha256").update(data).digest("hex");
var textOf = (bytes) => {
	if (bytes.length === 0) throw new Refusal("empty-file", "It is empty.");
	const [first = 0, second = 0] = bytes;
	if (first === 239 && second === 187 || first === 255 || first === 254) throw new Refusal("byte-order-mark", "It begins with a byte order mark: some program saved it anew. Check the file as it was first saved.");
	if (bytes.at(-1) === 0) throw new Refusal("nul-tail", "Its end is filled with NUL bytes: it was not written to its end.");
	if (bytes.includes(0)) throw new Refusal("nul-inside", "It holds NUL bytes.");
	if (bytes.includes(13)) throw new Refusal("crlf", "Its line ends are those of Windows: some program saved it anew. Check the file as it was first saved.");
	let text = "";
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch {
		throw new Refusal("not-utf8", "It is not UTF-8 text.");
	}
	if (text.trim() === "") throw new Refusal("empty-file", "It is empty.");
	return text;
};
// src/verifier/keys.ts
/** What stands before the 32 bytes of every Ed25519 public key in DER (RFC 8410). */
var keyPrefix = Buffer.from("302a300506032b6570032100", "hex");
/** The prime of the curve's field and the order of its base point (RFC 8032, 5.1). */
var fieldPrime = 2n ** 255n - 19n;
var baseOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
/** Second coordinates of the eight points of small order: of order 1, 2, 4 and (the last two) 8. */
var order8 = 55188659117513257062467267217118295137698188065244968500265048394206261417927n;
var smallOrderYs = /* @__PURE__ */ new Set([
	1n,
	fieldPrime - 1n,
	0n,
	order8,
	fieldPrime - order8
]);
/** `bytes`: 32 of them, the least significant first */
var wholeNumber = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
/**
* What is wrong with a point as it is encoded; null if nothing is. A key of small order has signatures that fit any
* text and that anybody can make; of a point that is encoded in two ways there would be two fingerprints.
* `bytes`: 32 of them
*/
var pointTrouble = (bytes) => {
	const encoded = wholeNumber(bytes);
	const isOdd = encoded >> 255n === 1n;
	const y = encoded & 2n ** 255n - 1n;
	if (smallOrderYs.has(y % fieldPrime)) return "small-order";
	return y >= fieldPrime || isOdd && (y === 1n || y === fieldPrime - 1n) ? "not-canonical" : null;
};
/**
* What is wrong with a public key, whatever it signed; null if nothing is.
* `publicKey`: base64 of the key in DER
*/
var keyTrouble = (publicKey) => {
	const bytes = Buffer.from(publicKey, "base64");
	const trouble = bytes.length === keyPrefix.length + 32 && bytes.subarray(0, keyPrefix.length).equals(keyPrefix) && bytes.toString("base64") === publicKey ? pointTrouble(bytes.subarray(keyPrefix.length)) : "not-canonical";
	if (trouble === "small-order") return {
		code: "weak-key",
		text: "Its key is one of those with which anybody can sign anything (a point of small order)."
	};
	return trouble === null ? null : {
		code: "bad-key",
		text: "What stands as its key is no Ed25519 public key."
	};
};
/**
* Whether 64 bytes have the one form that a signature has: R a point of the usual kind, S smaller than the base
* point's order. Otherwise one signature could be turned into others that fit as well.
*/
var isCanonicalSignature = (value) => value.length === 64 && pointTrouble(value.subarray(0, 32)) === null && wholeNumber(value.subarray(32)) < baseOrder;
/**
* Short form of a public key, to be compared by eye: the first 24 hex digits of its SHA-256, in groups of four.
* `publicKey`: base64 of the key in DER
*/
var fingerprintOf = (publicKey) => (sha256(Buffer.from(publicKey, "base64")).slice(0, 24).toUpperCase().match(/.{4}/g) ?? []).join(" ");
var bare = (fingerprint) => fingerprint.replace(/[\s:-]/g, "").toUpperCase();
var isFingerprint = (text) => /^[0-9A-F]{24}$/.test(bare(text));
// src/shared/catalogue/providers.ts
/**
* The services that accounts can be kept at, with what is known of each. A provider is an entry here, its kinds, a folder
* and a registry line in main.
*
* Sources: seeds/002 `servers`; https://replicate.com/docs/reference/http;
* https://replicate.com/docs/topics/security/api-tokens
*/
var providers = {
	tavus: {
		name: "Tavus",
		apiAddress: "https://tavusapi.com",
		key: {
			shape: null,
			foreign: /^(?:r8_|sk-|sk_|ghp_|AKIA)/
		},
		pages: {
			portal: "https://maker.tavus.io/dev/faces",
			keys: "https://maker.tavus.io/dev/api-keys",
			status: "https://status.tavus.io/",
			consent: "https://docs.tavus.io/sections/troubleshooting/consent-statement",
			training: "https://docs.tavus.io/sections/replica/replica-training"
		},
		keysPage: "keys",
		aboutPage: "portal",
		trains: true,
		takesNames: false
	},
	replicate: {
		name: "Replicate",
		apiAddress: "https://api.replicate.com",
		key: {
			shape: /^r8_[A-Za-z0-9_-]+$/,
			foreign: /^(?:sk-|sk_|ghp_|AKIA)/
		},
		pages: {
			tokens: "https://replicate.com/account/api-tokens",
			status: "https://www.replicatestatus.com/",
			deletion: "https://replicate.com/docs/topics/models/delete-a-model"
		},
		keysPage: "tokens",
		aboutPage: "deletion",
		trains: false,
		takesNames: true
	}
};
/** In the order that the window offers them. The first is what the app begins with. */
var providerIds = Object.keys(providers);
var isProviderId = (word) => Object.hasOwn(providers, word);
/** The app's own pages; the address is that of package.json. */
var appPages = { "app-documentation": "https://replica-desk.invalid/" };
/** The only addresses that leave for the browser; the window sends a name, never an address (security E6). */
var externalLinks = {
	...Object.fromEntries(providerIds.flatMap((id) => Object.entries(providers[id].pages).map(([page, address]) => [`${id}-${page}`, address]))),
	...appPages
};
Object.keys(externalLinks);
// src/verifier/claims.ts
var notTheProvider = "It does not show that the provider really deleted anything, or that no copies exist.";
var aLook = "A check shows what could be seen from this computer at that time, and nothing later.";
var pastRecords = "Changes to past records of the history are detectable. Records cut off at its end, or a history that somebody with access to the computer wrote anew from the start, are not.";
var whoseSignature = "The signature shows that nothing in this receipt changed after it was signed. It does not show whose installation signed it: compare the fingerprint with one you got in another way.";
var clockTimes = "Times are those of the clock of the computer that asked.";
/** All that a receipt of version 1 claims. A receipt with other words is refused. */
var claimsOfVersion1 = Object.freeze([
	"It shows what Replica Desk asked the provider to delete, and what the provider answered.",
	notTheProvider,
	aLook,
	pastRecords,
	whoseSignature,
	clockTimes
]);
/** All that a receipt of version 2 claims, behind the mark of sample data. */
var claimsOfVersion2 = Object.freeze([
	"It shows what Replica Desk asked the provider to delete, the address each request was sent to, and what the provider answered.",
	notTheProvider,
	aLook,
	"The plan and its title, what stays, what cannot be known and the files saved before are the statement of the installation that signed. The records of the deletions do not show them.",
	pastRecords,
	whoseSignature,
	clockTimes
]);
/** A provider that this version of the app knows; a receipt may name others. */
var knownProvider = (provider) => provider !== null && isProviderId(provider) ? providers[provider] : null;
var providerText = (provider) => knownProvider(provider)?.name ?? provider ?? "the provider";
var inSeries = (parts) => parts.length < 2 ? parts[0] ?? "" : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
/** The mark of a receipt about sample accounts; null where there is none. */
var sampleMark = ({ sample, accounts }) => {
	if (sample === "none") return null;
	const names = accounts.filter(({ isSample }) => isSample).map(({ provider }) => providerText(provider));
	const who = inSeries([...new Set(names)]);
	return sample === "all" ? `SAMPLE DATA: nothing was deleted at ${who}. The requests went to a simulated provider on this computer.` : `PARTLY SAMPLE DATA: what is listed under a sample account was not deleted at ${who}. Those requests went to a simulated provider on this computer.`;
};
/** Says so of a receipt that goes by records which have lost their names. */
var forgottenClaim = "Names in its records were forgotten before it was made. Other names stand in their place, and what stood there before cannot be shown any more.";
var hasForgotten = ({ records }) => records.some(({ forgotten }) => forgotten !== void 0);
/** The sentences that a receipt must carry. */
var claimsOf = (receipt) => {
	const mark = sampleMark(receipt);
	return [
		...mark === null ? [] : [mark],
		...claimsOfVersion2,
		...hasForgotten(receipt) ? [forgottenClaim] : []
	];
};
/** `hostname`: as a URL has it */
var isLoopback = (hostname) => /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|(?:.+\.)?localhost\.?|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(hostname);
/** What is known of a place that requests were sent to. */
var placeOf = (origin, provider) => {
	const known = knownProvider(provider);
	if (isOrigin(origin) && isLoopback(new URL(origin).hostname)) return "loopback";
	if (known === null) return "unknown";
	return origin === known.apiAddress ? "official" : "other";
};
/** A place that requests were sent to, in words. */
var placeText = (origin, provider) => {
	if (origin === null) return "an address that was not recorded";
	switch (placeOf(origin, provider)) {
		case "loopback": return `${origin}, on this computer (loopback)`;
		case "official": return `${origin}, the official address of ${providerText(provider)}`;
		case "other": return `${origin}, not the official address of ${providerText(provider)}`;
		case "unknown": return origin;
	}
};
/** Whether a text is the origin of an address over HTTP. */
var isOrigin = (text) => {
	try {
		const { origin, protocol } = new URL(text);
		return origin === text && (protocol === "https:" || protocol === "http:");
	} catch {
		return false;
	}
};
// src/verifier/shape.ts
var wrong = (where, wanted) => {
	throw new Refusal("wrong-field", `${where} is not ${wanted}.`);
};
/** At most so many UTF-16 units, none of them a half of a pair alone. */
var text = (max, pattern) => (value, where) => {
	if (typeof value !== "string" || value.length > max || /\p{Surrogate}/u.test(value)) return wrong(where, "a text");
	return pattern === void 0 || pattern.test(value) ? value : wrong(where, "what it should be");
};
var whole = (min) => (value, where) => typeof value === "number" && Number.isSafeInteger(value) && value >= min ? value : wrong(where, "a whole number");
var notNegative = (value, where) => typeof value === "number" && value >= 0 ? value : wrong(where, "a number");
var yesOrNo = (value, where) => typeof value === "boolean" ? value : wrong(where, "one of the words it can be");
var oneOf = (...values) => (value, where) => values.find((one) => one === value) ?? wrong(where, "one of the words it can be");
var orNull = (shape) => (value, where) => value === null ? null : shape(value, where);
var list = (shape, max) => (value, where) => {
	if (!Array.isArray(value) || value.length > max) return wrong(where, "a list");
	for (const [index, item] of value.entries()) shape(item, `${where}[${index}]`);
	return value;
};
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** Exactly these fields, and perhaps those of `more`. */
var object = (fields, more) => (value, where) => {
	if (!isObject(value)) return wrong(where, "an object");
	const prefix = where === "" ? "" : `${where}.`;
	for (const [name, shape] of Object.entries(fields)) {
		if (!Object.hasOwn(value, name)) throw new Refusal("missing-field", `${prefix}${name} is missing.`);
		shape(value[name], `${prefix}${name}`);
	}
	for (const name of Object.keys(value)) {
		const extra = more !== void 0 && Object.hasOwn(more, name) ? more[name] : void 0;
		if (extra !== void 0) extra(value[name], `${prefix}${name}`);
		else if (!Object.hasOwn(fields, name)) throw new Refusal("unknown-field", `${prefix}${cut(name)} does not belong there.`);
	}
	return value;
};
/** Facts by name: texts, numbers, yes or no, null. */
var facts = (value, where) => {
	if (!isObject(value)) return wrong(where, "an object");
	for (const [fact, content] of Object.entries(value)) {
		if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(fact)) wrong(`${where}.${cut(fact)}`, "the name of a fact");
		if (content === null || typeof content === "number" || typeof content === "boolean") continue;
		text(1e3)(content, `${where}.${fact}`);
	}
	return value;
};
// src/verifier/receipt-shape.ts
var receiptFormat = "replica-desk-receipt";
/** The last line of an exported history may say where it ends. */
var headFormat = "replica-desk-history-head";
/** A line within it says that the records of another computer follow. */
var chainFormat = "replica-desk-history-chain";
/** The first line of an export of some records says of which history they are, and how many there must be. */
var extractFormat = "replica-desk-history-extract";
/** The first line of an export of several computers' histories says which there are. */
var contentsFormat = "replica-desk-history-contents";
var time$1 = text(24, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/);
var hash$1 = text(64, /^[a-f0-9]{64}$/);
var slug = text(60, /^[a-z][a-z0-9-]*$/);
var name = text(500);
/** `offline` and `repoint` change a thing in place of deleting it. */
var modes = [
	"soft",
	"permanent",
	"offline",
	"repoint"
];
var mode = oneOf(...modes);
/** The answer that was given, at its time. */
var answer = object({
	outcome: oneOf("done", "accepted", "already-gone", "not-found", "refused", "unclear", "canceled"),
	httpStatus: orNull(whole(0)),
	/** The app's own name for the reason of a failure. */
	reason: orNull(text(1e3)),
	/** The provider's own sentence, redacted. */
	said: orNull(text(1e3)),
	answeredAt: time$1
});
/**
* By a salted commitment a record's hash covers what it tells of people: `accountName`, `assetId`, `assetName` and the facts
* named by `keys`. While those are there, so is the salt; the commitment itself is kept in its place once they are gone.
*/
var seal = object({
	keys: list(text(40), 100),
	salt: orNull(text(64, /^[A-Za-z0-9_-]{16,64}$/)),
	hash: orNull(hash$1)
});
/** Names in it were forgotten, by the record of this number, at its time. */
var forgotten = object({
	by: whole(1),
	at: time$1
});
/** A record of the history as it was hashed; the app's lists of words are left open here. */
var recordShape = object({
	seq: whole(1),
	at: time$1,
	monotonicMs: notNegative,
	runId: text(40),
	type: slug,
	operationId: orNull(text(40)),
	accountId: orNull(text(40)),
	accountName: orNull(text(80)),
	assetKind: orNull(slug),
	assetId: orNull(text(400)),
	assetName: orNull(name),
	body: facts,
	prevHash: hash$1,
	hash: hash$1
}, {
	seal,
	forgotten
});
/** The last line of an exported history. */
var headShape = object({
	format: oneOf(headFormat),
	version: oneOf(1),
	headSeq: whole(0),
	headHash: hash$1
});
/**
* The line that another computer's records begin with, as a backup brought them; what follows is as in a file of its own.
* `afterSeq`, `afterHash`: the record that the first of them follows; 0 and zeros for the beginning.
*/
var chainShape = object({
	format: oneOf(chainFormat),
	version: oneOf(1),
	computer: text(40),
	afterSeq: whole(0),
	afterHash: hash$1
});
/** The first line of an exported part of a history. `count`: how many records follow. */
var extractShape = object({
	format: oneOf(extractFormat),
	version: oneOf(1),
	headSeq: whole(0),
	headHash: hash$1,
	count: whole(0)
});
/**
* The first line of an export that holds the histories of several computers, in their order. `computer`: null is the one
* that made the file. `count`: how many of its records there are; `headSeq`, `headHash`: how far it had come.
*/
var contentsShape = object({
	format: oneOf(contentsFormat),
	version: oneOf(1),
	histories: list(object({
		computer: orNull(text(40)),
		count: whole(0),
		headSeq: whole(0),
		headHash: hash$1
	}), 1e3)
});
/** A later look at what was to be deleted: by its own address (`read-back`) or at one of its links. */
var check = object({
	kind: oneOf("read-back", "link"),
	/** Which link; null for reading back. */
	what: orNull(oneOf("thumbnail", "download", "stream", "hosted")),
	at: time$1,
	/** `reachable`, `unreachable` for links; the others for reading back, `unknown` for both. */
	result: oneOf("gone", "says-deleted", "still-listed", "reachable", "unreachable", "unknown")
});
/** A request that left, or may have: a try that is proven not to have left is none. */
var request = object({
	/** When it was about to leave. */
	at: time$1,
	/** `unknown`: no answer came, so nobody can tell. */
	left: oneOf("yes", "unknown"),
	/** Null where an earlier version of the app did not record it. */
	provider: orNull(slug),
	/** URL origin it was sent to; null where an earlier version of the app did not record it. */
	origin: orNull(text(300))
});
var itemFields = {
	operationId: text(40),
	target: object({
		accountId: text(40),
		kind: slug,
		id: text(400),
		name,
		mode
	}),
	askedAt: time$1,
	/** When the last request left, or was about to; null if none did. */
	sentAt: orNull(time$1),
	/** As many as there are requests. */
	timesSent: whole(0),
	/** Null: none is known yet. */
	answer: orNull(answer),
	history: object({
		firstSeq: whole(1),
		firstHash: hash$1,
		lastSeq: whole(1),
		lastHash: hash$1
	})
};
/** One deletion. All of it is derived from its records and held against them. */
var item = object({
	...itemFields,
	requests: list(request, 1e3),
	checks: list(check, 1e3)
});
/** Public half of the installation's key: base64 of its DER form; and a short form to compare by eye. */
var installationShape = object({
	publicKey: text(100),
	fingerprint: text(40)
});
var receiptFields = {
	id: text(40, /^rcp_[a-z0-9]{8,32}$/),
	madeAt: time$1,
	appVersion: text(40),
	installation: installationShape,
	asked: object({
		batchId: orNull(text(40)),
		/** The plan's scope, such as `assets` or `likeness`. */
		scope: slug,
		/** What the plan is called; empty for several things. */
		title: name,
		mode: oneOf(...modes, "mixed"),
		askedAt: time$1,
		by: oneOf("hand", "schedule"),
		/** The time it was scheduled for; null by hand. */
		runAt: orNull(time$1)
	}),
	/** What is known to stay. `text` is plain English, for readers without the app. */
	survives: list(object({
		kind: slug,
		id: orNull(text(400)),
		name: orNull(name),
		reason: slug,
		text: text(1e3)
	}), 1e3),
	/** What cannot be known. */
	unknown: list(object({
		code: slug,
		text: text(1e3)
	}), 100),
	archive: orNull(object({
		folderName: text(400),
		savedAt: time$1,
		files: list(object({
			name: text(400),
			sizeBytes: whole(0),
			sha256: hash$1
		}), 2e4),
		gaps: list(object({
			name,
			reason: slug
		}), 2e3)
	})),
	/** End of the whole history when the receipt was made: the record that tells of this receipt. */
	chain: object({
		headSeq: whole(1),
		headHash: hash$1
	}),
	/**
	* Every record that speaks of these deletions, in order, so that hashes and links can be recomputed. The last is
	* `receipt-made`, with a hash over all that the receipt says.
	*/
	records: list(recordShape, 1e5),
	/** The sentences of its version, word for word: all that a receipt claims (security F8). */
	claims: list(text(1e3), 20)
};
/** The signature covers the canonical JSON (RFC 8785) of everything else. `value`: base64 of the 64 bytes. */
var signatureShape = object({
	algorithm: oneOf("Ed25519"),
	publicKey: text(100),
	value: text(100)
});
var laterFields = {
	...receiptFields,
	format: oneOf(receiptFormat),
	/** Whether the accounts are those of sample data, about which nothing was asked of any provider. */
	sample: oneOf("none", "some", "all"),
	/** As the records tell of them, whatever became of them since. */
	accounts: list(object({
		id: text(40),
		name: text(80),
		/** Null where no record names it. */
		provider: orNull(slug),
		isSample: yesOrNo,
		/** Where its requests went, each once; empty if none left or that was not recorded. */
		origins: list(text(300), 100)
	}), 50),
	items: list(item, 5e3),
	signature: signatureShape
};
var version2 = object({
	...laterFields,
	version: oneOf(2)
});
var version3 = object({
	...laterFields,
	version: oneOf(3)
});
var version1 = object({
	...receiptFields,
	format: oneOf(receiptFormat),
	version: oneOf(1),
	accounts: list(object({
		id: text(40),
		name: text(80),
		provider: slug,
		apiAddress: text(300)
	}), 50),
	items: list(object({
		...itemFields,
		checks: list(check, 100)
	}), 5e3),
	signature: signatureShape
});
/** By version. A receipt of version 1 has less than the type says: `isVersion1`. */
var receiptShapes = /* @__PURE__ */ new Map([
	[1, version1],
	[2, version2],
	[3, version3]
]);
/** A receipt of version 1 has neither `sample` nor `requests`, and other accounts. */
var isVersion1 = ({ version }) => version === 1;
// src/verifier/record-hash.ts
/** What the first record of a history follows. */
var chainStart = "0".repeat(64);
var sorted = (facts) => Object.entries(facts).sort(([a], [b]) => a < b ? -1 : 1);
var only = (facts, isWanted) => Object.fromEntries(Object.entries(facts).filter(([key]) => isWanted(key)));
/** A commitment to what a record tells of people: without the salt, nothing can be tried out against it. */
var sealOf = (record, salt, keys) => sha256(JSON.stringify([
	salt,
	record.accountName,
	record.assetId,
	record.assetName,
	sorted(only(record.body, (key) => keys.includes(key)))
]));
/**
* The hash that a record must carry: SHA-256 of a JSON list of its fields in this order, the body as a list of its
* entries sorted by name. Where some of it is sealed, the commitment stands for that: what was sealed can go, and the
* hash is still that of the record.
*/
var recordHash = (record) => {
	const { seq, at, monotonicMs, runId, type, operationId, accountId, assetKind } = record;
	const { accountName, assetId, assetName, body, seal, prevHash } = record;
	const told = [
		seq,
		at,
		monotonicMs,
		runId,
		type,
		operationId,
		accountId
	];
	const rest = seal === void 0 ? [
		accountName,
		assetKind,
		assetId,
		assetName,
		sorted(body)
	] : [
		assetKind,
		sorted(only(body, (key) => !seal.keys.includes(key))),
		seal.keys,
		sealHash(record)
	];
	return sha256(JSON.stringify([
		...told,
		...rest,
		prevHash
	]));
};
/** The commitment: of what is there, while its salt is; after that the one that was kept. */
var sealHash = (record) => {
	const { seal } = record;
	if (seal === void 0) return null;
	return seal.salt === null ? seal.hash : sealOf(record, seal.salt, seal.keys);
};
/** What the record that tells of forgetting says of a record: SHA-256 over all that is left of it. */
var leftHash = (record) => sha256(JSON.stringify([
	record.seq,
	record.at,
	record.monotonicMs,
	record.runId,
	record.type,
	record.operationId,
	record.accountId,
	record.accountName,
	record.assetKind,
	record.assetId,
	record.assetName,
	sorted(record.body),
	record.seal === void 0 ? null : [record.seal.keys, record.seal.hash],
	record.forgotten === void 0 ? null : [record.forgotten.by, record.forgotten.at],
	record.prevHash,
	record.hash
]));
/** The fact of such a record that holds the hash of what is left of another. */
var leftKey = (seq) => `record${seq}`;
var leftPattern = /^record(\d{1,15})$/;
/** The numbers of the records that have lost their names by this one. */
var forgottenBy = ({ type, body }) => type !== "names-forgotten" ? [] : Object.keys(body).flatMap((key) => {
	const [, seq] = leftPattern.exec(key) ?? [];
	return seq === void 0 ? [] : [Number(seq)];
});
/**
* Looks at the content of records in their order. One that has lost its names must be marked so, and a later record must
* tell of it, with the hash of what is left. `isThere`: whether a record is among those that are looked at.
*/
var ForgottenRecords = class {
	#waiting = /* @__PURE__ */ new Map();
	#days = /* @__PURE__ */ new Map();
	#isThere;
	count = 0;
	lastAt = null;
	constructor(isThere = () => true) {
		this.#isThere = isThere;
	}
	take(record) {
		const faults = [];
		const { seq, seal, forgotten, type, body } = record;
		const isOpen = seal === void 0 || seal.salt !== null;
		if ((forgotten === void 0 ? isOpen : seal !== void 0 && !isOpen) && recordHash(record) !== record.hash) faults.push({
			seq,
			what: "changed"
		});
		if (forgotten === void 0 && !isOpen) faults.push({
			seq,
			what: "unsaid"
		});
		if (forgotten !== void 0) {
			if (forgotten.by <= seq || type === "names-forgotten") faults.push({
				seq,
				what: "unsaid"
			});
			else if (seal !== void 0 && isOpen) faults.push({
				seq,
				what: "put-back"
			});
			else {
				const left = leftHash(record);
				this.#waiting.set(seq, {
					...forgotten,
					left,
					isSealed: seal !== void 0
				});
			}
		}
		for (const lost of forgottenBy(record)) {
			const fault = this.#settle(lost, record, body[leftKey(lost)]);
			if (fault !== null) faults.push(fault);
		}
		return faults;
	}
	/** Marked, and no record told of it. */
	end() {
		return [...this.#waiting.keys()].map((seq) => ({
			seq,
			what: "unsaid"
		}));
	}
	/** What cannot be checked any more, in whole sentences. */
	findings() {
		return [...this.#days].slice(0, 5).flatMap(([day, { sealed, whole }]) => [...sealed === 0 ? [] : [{
			code: "names-forgotten",
			text: `Names in ${countOf(sealed)} were forgotten on ${day}: what stood in their place cannot be checked any more. The rest carries its right hash.`
		}], ...whole === 0 ? [] : [{
			code: "names-forgotten",
			text: `Names in ${countOf(whole)} of an earlier version of the app were forgotten on ${day}: what stood there cannot be checked any more, only that nothing was changed since.`
		}]]);
	}
	#settle(seq, { seq: by, at }, left) {
		const known = this.#waiting.get(seq);
		if (known !== void 0 && known.by > by) return null;
		if (known === void 0) return this.#isThere(seq) ? {
			seq,
			what: "put-back"
		} : null;
		this.#waiting.delete(seq);
		if (known.by !== by || known.at !== at || known.left !== left) return {
			seq,
			what: "put-back"
		};
		this.count += 1;
		this.lastAt = at;
		const day = at.slice(0, 10);
		const { sealed, whole } = this.#days.get(day) ?? {
			sealed: 0,
			whole: 0
		};
		this.#days.set(day, {
			sealed: sealed + Number(known.isSealed),
			whole: whole + Number(!known.isSealed)
		});
		return null;
	}
};
var countOf = (count) => count === 1 ? "one record" : `${count} records`;
var faultTexts = {
	changed: (seq) => `Record ${seq} was changed: its content does not have the hash it carries.`,
	"put-back": (seq) => `Record ${seq} is not as it was left when names in it were forgotten.`,
	unsaid: (seq) => `Record ${seq} has lost its content, and no record says that it was forgotten.`
};
var faultCodes = {
	changed: "record-changed",
	"put-back": "forgotten-differs",
	unsaid: "forgotten-unsaid"
};
var faultFinding = ({ seq, what }) => ({
	code: faultCodes[what],
	text: faultTexts[what](seq)
});
// src/verifier/receipt-statements.ts
var countedOutcomes = ({ items }) => {
	const counts = /* @__PURE__ */ new Map();
	for (const { answer } of items) {
		const outcome = answer?.outcome ?? "without an answer";
		counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
	}
	return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
};
var mostNames = 8;
var mostPlaces = 20;
var deletionsWere = (count) => count === 1 ? "One deletion was" : `${count} deletions were`;
var namesOf = (items) => {
	const names = items.slice(0, mostNames).map(({ target }) => `“${cut(target.name || target.id)}”`);
	const more = items.length - names.length;
	return more > 0 ? `${names.join(", ")} and ${more} more` : inSeries(names);
};
/** Where the deletions went: only what the records say. */
var placesOf = ({ items, accounts }) => {
	const places = /* @__PURE__ */ new Map();
	const providerOf = new Map(accounts.map(({ id, provider }) => [id, provider]));
	for (const item of items) for (const { origin, provider } of item.requests) {
		const place = placeText(origin, provider ?? providerOf.get(item.target.accountId) ?? null);
		const there = places.get(place);
		if (there === void 0) places.set(place, {
			place,
			items: [item]
		});
		else if (there.items.at(-1) !== item) there.items.push(item);
	}
	const unsent = items.filter(({ requests }) => requests.length === 0);
	const found = [...places.values()].slice(0, mostPlaces).map((there) => ({
		code: "sent-to",
		text: `${deletionsWere(there.items.length)} sent to ${there.place}: ${namesOf(there.items)}.`
	}));
	if (places.size > mostPlaces) found.push({
		code: "sent-to",
		text: `${places.size - mostPlaces} more addresses are in the file.`
	});
	if (unsent.length > 0) found.push({
		code: "never-sent",
		text: `${deletionsWere(unsent.length)} never sent: ${namesOf(unsent)}.`
	});
	const perhaps = items.filter(({ requests }) => requests.some(({ left }) => left === "unknown"));
	if (perhaps.length > 0) found.push({
		code: "perhaps-sent",
		text: `Whether each request left is not known, because no answer came: ${namesOf(perhaps)}.`
	});
	if (items.filter(({ requests }) => requests.some(({ origin }) => origin === null)).length > 0) found.push({
		code: "address-not-recorded",
		text: "Where it went was not recorded for requests of an earlier version of the app."
	});
	return found;
};
var goodOfVersion2 = (receipt) => {
	const mark = sampleMark(receipt);
	return [
		...mark === null ? [] : [{
			code: "sample-data",
			text: mark
		}],
		...placesOf(receipt),
		{
			code: "signers-statement",
			text: "The plan and its title, what stays, what cannot be known and the files saved before are the statement of whoever signed; the records of the deletions do not show them."
		}
	];
};
/** What a receipt of version 1 cannot show. */
var goodOfVersion1 = ({ accounts }) => [
	{
		code: "earlier-version",
		text: "It has the format of an earlier version of the app (1)."
	},
	{
		code: "address-not-recorded",
		text: "Where it went was not recorded, nor whether this is sample data. The provider and the address it names are those of the account when the receipt was made."
	},
	...accounts.flatMap((account) => {
		const address = "apiAddress" in account ? String(account.apiAddress) : "";
		return isOrigin(address) && isLoopback(new URL(address).hostname) ? [{
			code: "address-on-this-computer",
			text: `When it was made, account “${cut(account.name)}” had the address ${address}, on this computer (loopback).`
		}] : [];
	}),
	{
		code: "signers-statement",
		text: "Provider, address, plan and title, what stays, what cannot be known and the files saved before are the statement of whoever signed; the records do not show them."
	}
];
var goodOf$1 = (receipt, { key, ownKey, against }) => {
	const { publicKey } = receipt.signature;
	const fingerprint = fingerprintOf(publicKey);
	const isKnown = Boolean(key) || publicKey === ownKey;
	const count = receipt.items.length;
	const contents = new ForgottenRecords();
	for (const record of receipt.records) contents.take(record);
	const statements = isVersion1(receipt) ? goodOfVersion1(receipt) : goodOfVersion2(receipt);
	return [
		...statements.filter(({ code }) => code === "sample-data"),
		{
			code: "signature-good",
			text: `The signature of key ${fingerprint} fits: nothing was changed after it was signed.`
		},
		{
			code: "records-good",
			text: `${receipt.records.length - contents.count} records of the history carry their right hashes, and neighbours follow on one another.`
		},
		...contents.findings(),
		{
			code: "claims-good",
			text: `What it says of ${count === 1 ? "one deletion is what its" : `${count} deletions is what their`} records say: ${countedOutcomes(receipt)}.`
		},
		...statements.filter(({ code }) => code !== "sample-data"),
		...against ? [agreesWith(against)] : [],
		isKnown ? {
			code: "key-as-expected",
			text: "The key is the one expected."
		} : {
			code: "key-to-compare",
			text: "Whose key it is, the file cannot tell: compare the fingerprint with one you got in another way."
		}
	];
};
var agreesWith = (against) => ({
	code: "receipt-agrees",
	text: `The records of the history that receipt ${against.id} holds too are the same in both.`
});
// src/verifier/told.ts
var outcomeTold = ({ type, body }) => {
	const outcome = body["outcome"];
	switch (type) {
		case "deletion-accepted": return "accepted";
		case "deletion-answered":
			if (outcome === "not-known") return "not-found";
			return outcome === "done" || outcome === "already-gone" || outcome === "not-found" || outcome === "accepted" ? outcome : null;
		case "deletion-failed": return outcome === "canceled" ? "canceled" : "refused";
		case "deletion-rate-limited": return "refused";
		case "deletion-canceled": return "canceled";
		case "deletion-unclear": return "unclear";
		default: return null;
	}
};
var textOrNull = (value) => typeof value === "string" && value !== "" ? value : null;
var answerOf = ({ at, body }, outcome) => {
	const httpStatus = body["httpStatus"];
	return {
		outcome,
		httpStatus: typeof httpStatus === "number" ? httpStatus : null,
		reason: textOrNull(body["reason"]),
		said: textOrNull(body["said"]),
		answeredAt: at
	};
};
var askingTypes = [
	"deletion-asked",
	"deletion-scheduled",
	"deletion-held"
];
/**
* What reading back makes of the answer before it, in a receipt of version 1. That the thing is still there tells
* nothing of a lost answer.
*/
var outcomeReadBack = ({ type, body }, before) => {
	if (type !== "deletion-read-back") return null;
	const outcome = body["outcome"];
	if (outcome === "not-found") return "not-found";
	if (outcome !== "done" && outcome !== "already-gone") return null;
	return before?.outcome === "accepted" ? "done" : "already-gone";
};
/** What a receipt of version 1 says of one deletion, by the records it carries, in their order. */
var toldInVersion1 = (records) => {
	let askedAt = null;
	let sentAt = null;
	let timesSent = 0;
	let answer = null;
	for (const record of records) {
		const { type, at } = record;
		if (askingTypes.includes(type)) askedAt ??= at;
		if (type === "deletion-sent") {
			sentAt = at;
			timesSent += 1;
			answer = null;
		}
		const outcome = outcomeTold(record) ?? outcomeReadBack(record, answer);
		if (outcome !== null) answer = answerOf(record, outcome);
	}
	return {
		askedAt,
		sentAt,
		timesSent,
		answer
	};
};
/** A try that is proven not to have left; the second is how earlier versions recorded it. */
var isNotSent = ({ type, body }) => type === "deletion-not-sent" || type === "deletion-paused" && body["outcome"] === "not-sent";
var links = new Map([
	"thumbnail",
	"download",
	"stream",
	"hosted"
].map((what) => [what, what]));
var seen = /* @__PURE__ */ new Map([
	["there", "still-listed"],
	["still-there", "still-listed"],
	["gone", "gone"],
	["says-deleted", "says-deleted"],
	["reachable", "reachable"],
	["unreachable", "unreachable"],
	["unknown", "unknown"]
]);
/** A look of the app's own that a record tells of; null if it tells of none. */
var lookTold = ({ type, at, body }) => {
	if (type === "deletion-read-back") {
		const isAway = [
			"done",
			"already-gone",
			"not-found"
		].includes(String(body["outcome"]));
		return {
			kind: "read-back",
			what: null,
			at,
			result: seen.get(body["found"]) ?? (isAway ? "gone" : "still-listed")
		};
	}
	if (type !== "deletion-checked" && type !== "deletion-drifted") return null;
	const result = seen.get(body["result"]);
	if (result === void 0) return null;
	if (body["what"] === "asset") return {
		kind: "read-back",
		what: null,
		at,
		result
	};
	const what = links.get(body["what"]);
	return what === void 0 ? null : {
		kind: "link",
		what,
		at,
		result
	};
};
/**
* What the records of one deletion tell, in their order: all that a receipt may say about it. A try that is proven not
* to have left is none; the answer is the one that was given, and no later look changes it.
*/
var toldBy = (records) => {
	let askedAt = null;
	const requests = [];
	let answer = null;
	let answerBefore = null;
	const checks = [];
	for (const record of records) {
		const { type, at, body } = record;
		if (askingTypes.includes(type)) askedAt ??= at;
		if (type === "deletion-tried" || type === "deletion-sent") {
			const where = {
				provider: textOrNull(body["provider"]),
				origin: textOrNull(body["origin"])
			};
			requests.push({
				at,
				left: "unknown",
				...where
			});
			answerBefore = answer;
			answer = null;
		}
		if (isNotSent(record)) {
			requests.pop();
			answer = answerBefore;
		}
		const look = lookTold(record);
		if (look !== null) checks.push(look);
		const outcome = outcomeTold(record);
		if (outcome === null || outcome === "canceled" && answer !== null) continue;
		answer = answerOf(record, outcome);
		const last = requests.at(-1);
		const hasLeft = outcome === "unclear" ? answer.httpStatus !== null : outcome !== "canceled";
		if (last !== void 0 && (hasLeft || body["sent"] === "yes")) requests[requests.length - 1] = {
			...last,
			left: "yes"
		};
	}
	const sentAt = requests.at(-1)?.at ?? null;
	return {
		askedAt,
		sentAt,
		timesSent: requests.length,
		requests,
		answer,
		checks
	};
};
/** What the records tell of the accounts of some deletions: as they were called, and where their requests went. */
var accountsTold = (items, records) => [...new Set(items.map(({ target }) => target.accountId))].map((id) => {
	const own = records.filter(({ accountId }) => accountId === id);
	const origins = items.filter(({ target }) => target.accountId === id).flatMap(({ requests }) => requests.flatMap(({ origin }) => origin ?? []));
	return {
		id,
		name: own.findLast((record) => record.operationId !== null && record.accountName)?.accountName ?? "",
		provider: textOrNull(own.findLast(({ body }) => textOrNull(body["provider"]))?.body["provider"]),
		isSample: own.some(({ body }) => body["isSample"] === true),
		origins: [...new Set(origins)]
	};
});
/** Whether the accounts of some deletions are those of sample data. */
var sampleTold = (accounts) => {
	const count = accounts.filter(({ isSample }) => isSample).length;
	return count === 0 ? "none" : count === accounts.length ? "all" : "some";
};
/** The time that a plan was scheduled for, by the records that ask for its deletions; null by hand. */
var runAtTold = (records) => textOrNull(records.find(({ type }) => askingTypes.includes(type))?.body["runAt"]);
/**
* What the history is told of a receipt before it is signed: SHA-256 over everything that the receipt says, and over
* the hashes of the records it goes by.
* `receipt`: without `chain` and `signature`, and its `records` without the one that will hold this.
*/
var statementHash = (receipt) => {
	const { records, ...said } = receipt;
	return sha256(canonicalJson({
		...said,
		records: records.map((record) => record.hash)
	}));
};
// src/verifier/receipt-troubles.ts
var signatureTroubles = ({ signature, ...signed }, { key }) => {
	const { publicKey } = signature;
	const trouble = keyTrouble(publicKey);
	if (trouble !== null) return [trouble];
	const troubles = [];
	if (signed.installation.publicKey !== publicKey) troubles.push({
		code: "two-keys",
		text: "It was signed with another key than that of the installation it names."
	});
	else if (signed.installation.fingerprint !== fingerprintOf(publicKey)) troubles.push({
		code: "fingerprint-wrong",
		text: `The fingerprint it shows is not that of its key, which is ${fingerprintOf(publicKey)}.`
	});
	const value = Buffer.from(signature.value, "base64");
	if (!isCanonicalSignature(value) || value.toString("base64") !== signature.value) troubles.push({
		code: "signature-malformed",
		text: "What stands as its signature is none."
	});
	else if (!isSigned(canonicalJson(signed), publicKey, value)) troubles.push({
		code: "signature-wrong",
		text: "The signature does not fit: something was changed after it was signed, or the signature is forged."
	});
	if (key && bare(fingerprintOf(publicKey)) !== bare(key)) troubles.push({
		code: "other-key",
		text: `It was signed by key ${fingerprintOf(publicKey)}, not by the one expected.`
	});
	return troubles;
};
var isSigned = (text, publicKey, value) => verify(null, Buffer.from(text), createPublicKey({
	key: Buffer.from(publicKey, "base64"),
	format: "der",
	type: "spki"
}), value);
var recordTroubles = ({ records, chain }) => {
	const troubles = [];
	const seqs = new Set(records.map(({ seq }) => seq));
	const contents = new ForgottenRecords((seq) => seqs.has(seq));
	let before = null;
	for (const record of records) {
		troubles.push(...contents.take(record).map(faultFinding));
		if (before !== null && record.seq === before.seq) troubles.push({
			code: "record-repeated",
			text: `Record ${record.seq} stands there twice.`
		});
		else if (before !== null && record.seq < before.seq) troubles.push({
			code: "record-out-of-order",
			text: `Record ${record.seq} comes after record ${before.seq}: they were put in another order.`
		});
		else if (before?.seq === record.seq - 1 && before.hash !== record.prevHash) troubles.push(brokenLink(record.seq));
		before = record;
	}
	troubles.push(...contents.end().map(faultFinding));
	if (before !== null && before.seq > chain.headSeq) troubles.push({
		code: "head-too-early",
		text: `It says that the history ended with record ${chain.headSeq}, but holds record ${before.seq}.`
	});
	const atHead = records.find(({ seq }) => seq === chain.headSeq);
	if (atHead !== void 0 && atHead.hash !== chain.headHash) troubles.push(otherHead(chain.headSeq));
	return troubles;
};
var brokenLink = (seq) => ({
	code: "link-broken",
	text: `Record ${seq} does not follow on record ${seq - 1}: one of them was put in the place of another.`
});
var otherHead = (seq) => ({
	code: "head-differs",
	text: `The history is said to end with another record ${seq} than the one that is there.`
});
/** Whether everything that is said of the deletions stands in their records too. */
var claimTroubles = (receipt) => {
	const troubles = [];
	const add = (code, text) => {
		troubles.push({
			code,
			text
		});
	};
	const byOperation = recordsByItem(receipt, add);
	for (const item of receipt.items) {
		const own = byOperation.get(item.operationId) ?? [];
		const what = itemDifference(receipt, item, own);
		if (own.length === 0) add("item-without-record", `“${cut(item.target.name)}” has no record.`);
		else if (what !== null) add("claim-differs", `“${cut(item.target.name)}”: ${what} is not what its records say.`);
	}
	askedTroubles(receipt, add);
	if (isVersion1(receipt)) version1Troubles(receipt, add);
	else version2Troubles(receipt, add);
	return troubles;
};
/** The records of each deletion. What belongs to none of them is told. */
var recordsByItem = (receipt, add) => {
	const { items, records, asked } = receipt;
	const byOperation = /* @__PURE__ */ new Map();
	for (const { operationId } of items) {
		if (byOperation.has(operationId)) add("item-twice", `Deletion ${cut(operationId)} stands there twice.`);
		byOperation.set(operationId, []);
	}
	const accountIds = new Set(items.map(({ target }) => target.accountId));
	const seqs = new Set(records.map(({ seq }) => seq));
	const isOfAll = (record) => {
		const { type, operationId, accountId, body } = record;
		if (forgottenBy(record).some((seq) => seqs.has(seq))) return true;
		if (isVersion1(receipt)) return operationId === null || operationId === asked.batchId;
		if (operationId !== null) return false;
		return type === "account-added" && accountIds.has(accountId ?? "") || body["batch"] === asked.batchId;
	};
	for (const record of records) {
		const own = record.operationId === null ? void 0 : byOperation.get(record.operationId);
		if (own !== void 0) own.push(record);
		else if (!isOfAll(record)) add("record-of-nothing", `Record ${record.seq} belongs to none of the deletions.`);
	}
	return byOperation;
};
var askedTroubles = ({ items, asked }, add) => {
	const modes = new Set(items.map(({ target }) => target.mode));
	const [onlyMode] = modes;
	if (items.length > 0 && asked.mode !== (modes.size > 1 ? "mixed" : onlyMode)) add("claim-differs", "How it was asked for, soft or permanent, is not what its deletions say.");
	const firstAskedAt = items.map(({ askedAt }) => askedAt).sort()[0];
	if (firstAskedAt !== void 0 && asked.askedAt !== firstAskedAt) add("claim-differs", "When it was asked for is not what its records say.");
	if (asked.by === "schedule" !== (asked.runAt !== null)) add("claim-differs", "Whether it was scheduled is told in two ways.");
};
var version1Troubles = ({ accounts, records, claims }, add) => {
	for (const { id, name: accountName } of accounts) if (!records.some((record) => record.accountId === id && record.accountName === accountName)) add("account-differs", `No record speaks of an account “${cut(accountName)}”.`);
	if (canonicalJson(claims) !== canonicalJson(claimsOfVersion1)) addUnknownClaims(add);
};
var addUnknownClaims = (add) => add("claims-unknown", "It claims something else than a receipt of this app does.");
var version2Troubles = (receipt, add) => {
	const { accounts, items, records, asked, claims } = receipt;
	if (canonicalJson(accounts) !== canonicalJson(accountsTold(items, records))) add("account-differs", "What it says of the accounts (their names, their providers, where their requests went, whether they are sample accounts) is not what its records say.");
	if (receipt.sample !== sampleTold(accounts)) add("sample-differs", "Whether this is sample data is not what its records say.");
	if (asked.runAt !== runAtTold(records)) add("claim-differs", "When it was scheduled for is not what its records say.");
	for (const origin of new Set(items.flatMap(({ requests }) => requests.map((one) => one.origin)))) if (origin !== null && !isOrigin(origin)) add("odd-address", `“${cut(origin)}” is no address that requests could go to.`);
	if (canonicalJson(claims) !== canonicalJson(claimsOf(receipt))) addUnknownClaims(add);
	statementTroubles(receipt, add);
};
/**
* The last record tells of the receipt itself, so nothing that the receipt says could be put in later, not even by
* its own installation.
*/
var statementTroubles = ({ chain, signature: _signature, ...receipt }, add) => {
	const made = receipt.records.at(-1);
	if (made === void 0 || made.type !== "receipt-made" || made.seq !== chain.headSeq || made.hash !== chain.headHash || made.body["receipt"] !== receipt.id) add("statement-missing", "Its last record does not tell that this receipt was made.");
	else if (made.body["statement"] !== statementHash({
		...receipt,
		records: receipt.records.slice(0, -1)
	})) add("statement-differs", "It says something else than the history recorded of it when it was made.");
};
/** The first thing that an item says otherwise than its records; null if there is none. */
var itemDifference = (receipt, item, records) => {
	const { target, history } = item;
	const isAboutIt = records.every((record) => record.accountId === target.accountId && record.assetKind === target.kind && record.assetId === target.id && (record.body["mode"] ?? target.mode) === target.mode && (isVersion1(receipt) || record.body["batch"] === receipt.asked.batchId));
	const [first] = records;
	const last = records.at(-1);
	if (!isAboutIt || first === void 0 || last === void 0) return "what was to be deleted, or how,";
	if (first.assetName !== target.name) return "its name";
	if (history.firstSeq !== first.seq || history.firstHash !== first.hash || history.lastSeq !== last.seq || history.lastHash !== last.hash) return "which records speak of it";
	const told = isVersion1(receipt) ? toldInVersion1(records) : toldBy(records);
	if (told.askedAt !== item.askedAt) return "when it was asked for";
	if (told.sentAt !== item.sentAt || told.timesSent !== item.timesSent) return "when, or how often, the request was sent";
	if (told.answer?.outcome !== item.answer?.outcome) return `the outcome “${item.answer?.outcome}”`;
	if (canonicalJson(told.answer) !== canonicalJson(item.answer)) return "the answer";
	if ("requests" in told && canonicalJson(told.requests) !== canonicalJson(item.requests)) return "where its requests went";
	return ("checks" in told ? canonicalJson(told.checks) === canonicalJson(item.checks) : areChecksTold(item.checks, records)) ? null : "what was seen when it was looked at again";
};
/** In version 1 a look has the time at which it was taken, a moment before its record. */
var longestMomentMs = 6e4;
/**
* Whether the looks of a receipt of version 1 are those of its records. A look that found nothing out had no record if
* its account had been removed.
*/
var areChecksTold = (checks, records) => {
	const left = toldBy(records.filter(({ type }) => type !== "deletion-read-back")).checks.slice();
	for (const check of checks) {
		const index = left.findIndex(({ what, result, at }) => what === check.what && result === check.result && Math.abs(Date.parse(at) - Date.parse(check.at)) <= longestMomentMs);
		if (index >= 0) left.splice(index, 1);
		else if (check.result !== "unknown") return false;
	}
	return left.length === 0;
};
// src/verifier/folder-receipt.ts
var folderReceiptFormat = "replica-desk-folder-receipt";
var hash = text(64, /^[a-f0-9]{64}$/);
var time = text(24, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/);
/** What was saved, all of it as its record says. */
var folder = object({
	/** Whose it is. */
	person: text(120),
	folderName: text(400),
	savedAt: time,
	files: whole(0),
	sizeBytes: whole(0),
	/** How much could not be saved. */
	gaps: whole(0),
	/** SHA-256 of the file SHA256SUMS, which names the sum of every other file. */
	sumsSha256: hash,
	/** Whether the accounts are those of sample data. */
	sample: oneOf("none", "some", "all")
});
/** A signed receipt of a folder with everything of a person. Times ISO 8601 UTC. */
var folderReceiptShape = object({
	format: oneOf(folderReceiptFormat),
	version: oneOf(1),
	id: text(40, /^rcp_[a-z0-9]{8,32}$/),
	madeAt: time,
	appVersion: text(40),
	installation: installationShape,
	folder,
	/** End of the whole history when the receipt was made: the record that tells of this receipt. */
	chain: object({
		headSeq: whole(1),
		headHash: hash
	}),
	/** The record that tells what was saved, and the one that tells of this receipt. */
	records: list(recordShape, 2),
	claims: list(text(1e3), 20),
	signature: signatureShape
});
/** All that such a receipt claims. */
var folderClaims = Object.freeze([
	"It shows which list of sums Replica Desk wrote when it saved a folder, and when. The list, SHA256SUMS, has the sum of every other file but this one.",
	"A file belongs to that folder only while it has the sum that the list has, and the list the sum that this receipt has.",
	"It does not show that the folder holds all the data that there are about the person. What could not be saved is counted here and named in the folder.",
	pastRecords,
	whoseSignature,
	clockTimes
]);
/** What the record says of the folder; a value of another kind than it should be makes another statement. */
var folderTold = ({ at, body }) => ({
	person: body["person"] ?? null,
	folderName: body["folderName"] ?? null,
	savedAt: at,
	files: body["files"] ?? null,
	sizeBytes: body["sizeBytes"] ?? null,
	gaps: body["gaps"] ?? null,
	sumsSha256: body["sumsSha256"] ?? null,
	sample: body["sample"] ?? null
});
var folderTroubles = (receipt) => {
	const troubles = [];
	const add = (code, said) => {
		troubles.push({
			code,
			text: said
		});
	};
	const [saved] = receipt.records;
	if (receipt.records.length !== 2 || saved === void 0 || saved.type !== "person-saved") add("item-without-record", "It holds no record that tells what was saved.");
	else if (canonicalJson(folderTold(saved)) !== canonicalJson(receipt.folder)) add("claim-differs", "What it says of the folder is not what its record says.");
	if (canonicalJson(receipt.claims) !== canonicalJson(folderClaims)) addUnknownClaims(add);
	statementTroubles(receipt, add);
	return troubles;
};
var goodOf = ({ folder: told, signature }, { key, ownKey, against }) => [
	...told.sample === "none" ? [] : [{
		code: "sample-data",
		text: told.sample === "all" ? "SAMPLE DATA: what was saved is of a simulated provider on this computer." : "PARTLY SAMPLE DATA: some of what was saved is of a simulated provider on this computer."
	}],
	{
		code: "signature-good",
		text: `The signature of key ${fingerprintOf(signature.publicKey)} fits: nothing was changed after it was signed.`
	},
	{
		code: "records-good",
		text: "2 records of the history carry their right hashes, and neighbours follow on one another."
	},
	{
		code: "folder-saved",
		text: `The folder “${cut(told.folderName)}” with ${told.files} files was saved at ${told.savedAt}. ${told.gaps === 0 ? "Nothing was missing" : `${told.gaps} could not be saved`}.`
	},
	{
		code: "folder-to-compare",
		text: `The files themselves were not checked: its SHA256SUMS must have the SHA-256 ${told.sumsSha256}, and “sha256sum -c SHA256SUMS” must find every file unchanged.`
	},
	...against ? [agreesWith(against)] : [],
	key || signature.publicKey === ownKey ? {
		code: "key-as-expected",
		text: "The key is the one expected."
	} : {
		code: "key-to-compare",
		text: "Whose key it is, the file cannot tell: compare the fingerprint with one you got in another way."
	}
];
/** Checks the receipt of a folder: throws a `Refusal` if it is none. `more`: what else speaks against it. */
var verifyFolderReceipt = (fileName, value, options, more) => {
	const receipt = folderReceiptShape(value, "");
	const troubles = [
		...signatureTroubles(receipt, options),
		...recordTroubles(receipt),
		...folderTroubles(receipt),
		...more(receipt)
	].slice(0, 50);
	const { publicKey } = receipt.signature;
	const isGood = troubles.length === 0;
	return {
		verdict: presentable({
			fileName,
			what: "receipt",
			isGood,
			findings: isGood ? goodOf(receipt, options) : troubles,
			isSample: receipt.folder.sample === "all",
			keyFingerprint: keyTrouble(publicKey) === null ? fingerprintOf(publicKey) : null,
			isOwnKey: options.ownKey ? publicKey === options.ownKey : null
		}),
		receipt: isGood ? receipt : null
	};
};
// src/verifier/said-histories.ts
/** What is found of another computer's records says so. */
var ofComputer = (computer) => ({ code, text }) => computer === null ? {
	code,
	text
} : {
	code,
	text: `Of computer ${computer}: ${text}`
};
var cutAtEnd = (headSeq, seq, who) => ({
	code: "cut-at-end",
	text: `It ends with record ${seq}, but ${who} knows of record ${headSeq}: the end was cut off.`
});
var missing = ({ computer, count, headSeq }) => ofComputer(computer)({
	code: "history-missing",
	text: `All of its records are missing: the first line tells of ${count}, of a history that reached record ${headSeq}.`
});
var compared = (said, read) => {
	const { headSeq, headHash } = said;
	const { count, last, extract } = read;
	if (extract === null && last.seq < headSeq) return [cutAtEnd(headSeq, last.seq, "its first line")];
	if (count !== said.count) {
		const text = `The first line tells of ${said.count} records, but there are ${count}.`;
		return [{
			code: count < said.count ? "record-removed" : "record-added",
			text
		}];
	}
	const head = extract ?? last;
	return head.seq === headSeq && head.hash === headHash ? [] : [otherHead(head.seq)];
};
/** Holds the histories of a file against what its first line says of them: one that was cut off whole leaves no other trace. */
var historyFaults = (said, read) => {
	const left = [...read];
	const faults = said.flatMap((one) => {
		const at = left.findIndex(({ computer }) => computer === one.computer);
		const [found] = at < 0 ? [] : left.splice(at, 1);
		if (found === void 0 || found.count === 0 && one.count > 0) return [missing(one)];
		return found.isFaulty ? [] : compared(one, found).map(ofComputer(one.computer));
	});
	const added = left.map(({ computer }) => ofComputer(computer)({
		code: "history-added",
		text: "Its records are in the file, but the first line does not tell of them."
	}));
	return [...faults, ...added];
};
// src/verifier/verify-receipt.ts
/** The receipt that a value is, by its own version; anything else is refused. */
var shapedReceipt = (value) => {
	if (!isObject(value) || value["format"] !== "replica-desk-receipt") throw new Refusal("not-ours", "It is neither a receipt nor an exported history of Replica Desk.");
	const shape = receiptShapes.get(value["version"]);
	if (shape === void 0) throw new Refusal("wrong-version", `It says that it is of version ${cut(String(value["version"]))}; this verifier knows versions 1 to 3.`);
	return shape(value, "");
};
var findingOf = (error) => {
	if (error instanceof Refusal) return {
		code: error.code,
		text: error.message
	};
	throw error;
};
var refusedAsUnknown = (fileName, finding) => presentable({
	fileName,
	what: "unknown",
	isGood: false,
	findings: [finding],
	isSample: false,
	keyFingerprint: null,
	isOwnKey: null
});
/** The history's records that a receipt knows, by number. */
var knownRecords = ({ records, chain }) => new Map([...records.map(({ seq, hash }) => [seq, hash]), [chain.headSeq, chain.headHash]]);
/** Two receipts of one history hold the same records wherever both know one. */
var otherReceiptTroubles = (receipt, against) => {
	if (against === null) return [];
	const known = knownRecords(against);
	const common = [...knownRecords(receipt)].filter(([seq]) => known.has(seq));
	if (common.length === 0) return [{
		code: "nothing-in-common",
		text: `It has no record in common with receipt ${against.id}: neither can show anything about the other.`
	}];
	return common.filter(([seq, itsHash]) => known.get(seq) !== itsHash).map(([seq]) => recordDiffers(seq));
};
var recordDiffers = (seq) => ({
	code: "receipt-differs",
	text: `Record ${seq} is another one than the receipt holds.`
});
/** Checks a receipt that is in memory. `receipt` is null unless it is good. */
var verifyReceipt = (fileName, bytes, options = {}) => {
	let value;
	try {
		value = readJson(bytes);
		if (isObject(value) && value["format"] === "replica-desk-folder-receipt") return verifyFolderReceipt(fileName, value, options, (folder) => otherReceiptTroubles(folder, options.against ?? null));
		const receipt = shapedReceipt(value);
		const troubles = [
			...signatureTroubles(receipt, options),
			...recordTroubles(receipt),
			...claimTroubles(receipt),
			...otherReceiptTroubles(receipt, options.against ?? null)
		].slice(0, 50);
		const { publicKey } = receipt.signature;
		const isGood = troubles.length === 0;
		return {
			verdict: presentable({
				fileName,
				what: "receipt",
				isGood,
				findings: isGood ? goodOf$1(receipt, options) : troubles,
				isSample: receipt.sample === "all",
				keyFingerprint: keyTrouble(publicKey) === null ? fingerprintOf(publicKey) : null,
				isOwnKey: options.ownKey ? publicKey === options.ownKey : null
			}),
			receipt: isGood ? receipt : null
		};
	} catch (error) {
		const refused = refusedAsUnknown(fileName, findingOf(error));
		return {
			verdict: isObject(value) && (value["format"] === "replica-desk-receipt" || value["format"] === "replica-desk-folder-receipt") ? {
				...refused,
				what: "receipt"
			} : refused,
			receipt: null
		};
	}
};
// src/verifier/verify-history.ts
var longestLineBytes = 1048576;
/** Ends reading early, once nothing after it can be told apart any more. */
var Stop = class extends Refusal {};
/** Numbers that go up, a bit for each. */
var SeenNumbers = class {
	#blocks = /* @__PURE__ */ new Map();
	add(seq) {
		const block = Math.floor(seq / 32);
		this.#blocks.set(block, (this.#blocks.get(block) ?? 0) | 1 << seq % 32);
	}
	has(seq) {
		return ((this.#blocks.get(Math.floor(seq / 32)) ?? 0) >>> seq % 32 & 1) === 1;
	}
};
/** Follows the chain record by record and holds none of them. */
var ChainWalk = class {
	findings = [];
	/** In an extract, a record that lost its names may itself be left out. */
	contents = new ForgottenRecords((seq) => this.extract === null || this.seen.has(seq));
	count = 0;
	last;
	saidHead = null;
	/** What the first line says of an export of some records: the others may be missing. */
	extract = null;
	isBegun = false;
	begin;
	seen = new SeenNumbers();
	/** Numbers jumped over so far, as first and last. */
	missing = [];
	/** What the receipt knows, by number. */
	known;
	receiptHead;
	/** `after`: what its first record follows. */
	constructor(against, after = {
		seq: 0,
		hash: chainStart
	}) {
		this.last = after;
		this.begin = after.seq + 1;
		this.known = against === null ? /* @__PURE__ */ new Map() : knownRecords(against);
		this.receiptHead = against === null ? null : against.chain;
	}
	add(code, text) {
		this.addFinding({
			code,
			text
		});
	}
	addFinding(finding) {
		this.findings.push(finding);
		if (this.findings.length >= 50) throw new Stop("too-many", "There is more; reading ended here.");
	}
	take(value) {
		if (this.saidHead !== null) throw new Stop("after-head", "There is more after the line that tells the end.");
		const isFirst = !this.isBegun;
		this.isBegun = true;
		if (isFirst && isObject(value) && value["format"] === "replica-desk-history-extract") {
			const { headSeq, headHash, count } = extractShape(value, "");
			this.extract = {
				seq: headSeq,
				hash: headHash,
				count
			};
			return;
		}
		if (isObject(value) && value["format"] === "replica-desk-history-head") {
			const { headSeq, headHash } = headShape(value, "");
			this.saidHead = {
				seq: headSeq,
				hash: headHash
			};
			return;
		}
		this.record(recordShape(value, ""));
	}
	record(record) {
		this.count += 1;
		const { seq, hash: itsHash } = record;
		if (this.extract !== null) this.seen.add(seq);
		this.findings.push(...this.contents.take(record).map(faultFinding));
		const known = this.known.get(seq);
		if (known !== void 0 && known !== itsHash) this.addFinding(recordDiffers(seq));
		this.known.delete(seq);
		if (seq <= this.last.seq) return this.outOfLine(seq);
		if (seq > this.last.seq + 1) this.jump(seq);
		else if (record.prevHash !== this.last.hash) this.findings.push(brokenLink(seq));
		this.last = {
			seq,
			hash: itsHash
		};
		if (this.findings.length >= 50 || this.missing.length >= 1e3) throw new Stop("too-many", "There is more; reading ended here.");
	}
	jump(seq) {
		if (this.extract === null) this.missing.push([this.last.seq + 1, seq - 1]);
	}
	outOfLine(seq) {
		const gap = this.missing.findIndex(([first, last]) => first <= seq && seq <= last);
		const range = this.missing[gap];
		if (range === void 0) return this.extract === null || seq === this.last.seq ? this.add("record-repeated", `Record ${seq} stands there twice.`) : this.movedAfter(seq);
		const [first, last] = range;
		const rest = [[first, seq - 1], [seq + 1, last]];
		this.missing.splice(gap, 1, ...rest.filter(([from, to]) => from <= to));
		this.movedAfter(seq);
	}
	movedAfter(seq) {
		this.add("record-out-of-order", `Record ${seq} comes after record ${this.last.seq}: they were put in another order.`);
	}
	end() {
		this.findings.push(...this.contents.end().slice(0, 50).map(faultFinding));
		for (const [first, last] of this.missing.slice(0, 50)) {
			const which = first === last ? `Record ${first} is` : `Records ${first} to ${last} are`;
			if (first === this.begin) this.findings.push({
				code: "begins-late",
				text: `${which} missing at the beginning.`
			});
			else this.findings.push({
				code: "record-removed",
				text: `${which} missing.`
			});
		}
		if (this.extract !== null) return this.endOfExtract(this.extract);
		const { seq, hash: lastHash } = this.last;
		const head = this.receiptHead;
		if (head !== null && head.headSeq > seq) this.findings.push(cutAtEnd(head.headSeq, seq, "the receipt"));
		if (this.saidHead === null) return;
		if (this.saidHead.seq > seq) this.findings.push(cutAtEnd(this.saidHead.seq, seq, "its last line"));
		else if (this.saidHead.seq !== seq || this.saidHead.hash !== lastHash) this.findings.push(otherHead(seq));
	}
	endOfExtract({ seq: headSeq, hash: headHash, count }) {
		const { seq, hash: lastHash } = this.last;
		if (this.count !== count) {
			const text = `Its first line tells of ${count} records, but it holds ${this.count}.`;
			this.findings.push({
				code: this.count < count ? "record-removed" : "record-added",
				text
			});
		}
		if (seq > headSeq || seq === headSeq && lastHash !== headHash) this.findings.push(otherHead(seq));
	}
};
var goodOfExtract = (walk, headSeq, against) => [
	{
		code: "records-good",
		text: `${walk.count - walk.contents.count} records carry their right hashes, and neighbors follow on one another.`
	},
	...walk.contents.findings(),
	{
		code: "extract",
		text: `They are an extract of a history that reached record ${headSeq}; which ones were left out, the file cannot tell.`
	},
	...against === null ? [] : [{
		code: "receipt-agrees",
		text: `Nothing in it differs from what receipt ${against.id} knows of the history.`
	}]
];
/** The lines of a file as bytes, one by one, in bounded memory. The last is answered without its line end, too. */
async function* linesOf(chunks) {
	let parts = [];
	let size = 0;
	for await (const chunk of chunks) {
		let from = 0;
		for (;;) {
			const end = chunk.indexOf(10, from);
			const part = chunk.subarray(from, end < 0 ? void 0 : end);
			size += part.length;
			if (size > longestLineBytes) throw new Stop("line-too-long", "A line is longer than any record can be.");
			parts.push(part);
			if (end < 0) break;
			yield {
				line: Buffer.concat(parts),
				isEnded: true
			};
			parts = [];
			size = 0;
			from = end + 1;
		}
	}
	if (size > 0) yield {
		line: Buffer.concat(parts),
		isEnded: false
	};
}
var findingAtLine = (lineNumber, error) => {
	const { code, text } = findingOf(error);
	return {
		code,
		text: `Line ${lineNumber}: ${text}`
	};
};
var goodOfHistory = (walk, against) => {
	if (walk.extract !== null) return goodOfExtract(walk, walk.extract.seq, against);
	const { count, contents, last } = walk;
	const links = `follow on one another, and none is missing before record ${last.seq}.`;
	const found = [{
		code: "records-good",
		text: contents.count === 0 ? `${count} records carry their right hashes, ${links}` : `${count - contents.count} records carry their right hashes. All ${count} ${links}`
	}, ...contents.findings()];
	if (against !== null) found.push({
		code: "receipt-agrees",
		text: `All that receipt ${against.id} knows of the history is in it.`
	});
	else if (walk.saidHead === null) found.push({
		code: "end-not-known",
		text: "Whether records were cut off at the end, the file cannot tell: hold it against a receipt."
	});
	else found.push({
		code: "end-as-said",
		text: "It ends where its last line says. Whoever cut it could have changed that line too: hold it against a receipt."
	});
	return found;
};
var goodOfAll = (said) => said === null ? [] : [{
	code: "histories-as-said",
	text: `It holds the ${said.length} histories that its first line tells of. Whoever left one out could have changed that line too.`
}];
var readOf = ({ computer, walk: { count, last, extract, findings } }) => ({
	computer,
	count,
	last,
	extract,
	isFaulty: findings.length > 0
});
/** Checks an exported history, piece by piece. What a receipt knows is held against the records of the computer that made the file. */
var verifyHistory = async (fileName, chunks, options = {}) => {
	const against = options.against ?? null;
	let part = {
		computer: null,
		walk: new ChainWalk(against)
	};
	const parts = [part];
	/** Null: the file says nothing of it, as those of earlier versions. */
	const contents = { said: null };
	/** Each record counts for the one computer; the line that names another ends its part. */
	const take = (value, isFirst) => {
		if (isFirst && isObject(value) && value["format"] === "replica-desk-history-contents") {
			contents.said = contentsShape(value, "").histories;
			return;
		}
		if (!isObject(value) || value["format"] !== "replica-desk-history-chain") return part.walk.take(value);
		const { computer, afterSeq, afterHash } = chainShape(value, "");
		part.walk.end();
		part = {
			computer,
			walk: new ChainWalk(null, {
				seq: afterSeq,
				hash: afterHash
			})
		};
		parts.push(part);
	};
	let lineNumber = 0;
	let isWhole = true;
	try {
		for await (const { line, isEnded } of linesOf(chunks)) {
			lineNumber += 1;
			const isFilledUp = line.at(-1) === 0;
			if (!isEnded && !isFilledUp) part.walk.add("unfinished-line", `Line ${lineNumber}: It has no end: the file was cut there.`);
			take(readJson(line), lineNumber === 1);
		}
		if (lineNumber === 0) throw new Refusal("empty-file", "It is empty.");
	} catch (error) {
		isWhole = false;
		const isStop = error instanceof Stop && error.code !== "line-too-long";
		const at = error instanceof Stop && error.code === "line-too-long" ? lineNumber + 1 : lineNumber;
		part.walk.findings.push(isStop || at === 0 ? findingOf(error) : findingAtLine(at, error));
	}
	if (isWhole) part.walk.end();
	const faults = parts.flatMap(({ computer, walk }) => walk.findings.map(ofComputer(computer)));
	const { said } = contents;
	if (isWhole && said !== null) faults.push(...historyFaults(said, parts.map(readOf)));
	const isGood = faults.length === 0;
	return presentable({
		fileName,
		what: "history",
		isGood,
		findings: isGood ? [...parts.flatMap(({ computer, walk }) => goodOfHistory(walk, computer === null ? against : null).map(ofComputer(computer))), ...goodOfAll(said)].slice(0, 50) : faults.slice(0, 50),
		isSample: false,
		keyFingerprint: null,
		isOwnKey: null
	});
};
// src/verifier/verify-file.ts
var largestReceiptBytes = 50331648;
/** A pipe or a device could go on without end. */
var mustBeFile = async (path) => {
	if (!(await stat(path)).isFile()) throw Object.assign(/* @__PURE__ */ new Error("Not a file"), { code: "not a regular file" });
};
var startOf = async (path) => {
	await mustBeFile(path);
	const file = await open(path, "r");
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
};
/** The bytes of a receipt. Reading ends where no receipt goes on, so a file costs little, whatever it holds. */
var receiptBytes = async (path) => {
	await mustBeFile(path);
	if ((await stat(path)).size > largestReceiptBytes) throw tooLarge();
	const parts = [];
	let size = 0;
	const bounds = new Bounds();
	for await (const part of createReadStream(path)) {
		size += part.length;
		if (size > largestReceiptBytes) throw tooLarge();
		bounds.feed(part);
		parts.push(part);
	}
	return Buffer.concat(parts);
};
var tooLarge = () => new Refusal("too-large", "It is larger than any receipt.");
/** Checks a receipt in a file. Throws only if it cannot be read. */
var verifyReceiptFile = async (path, options) => {
	const fileName = basename(path);
	try {
		return verifyReceipt(fileName, await receiptBytes(path), options);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return {
			verdict: refusedAsUnknown(fileName, findingOf(error)),
			receipt: null
		};
	}
};
/** A receipt is one object over many lines, an exported history an object a line that tells no format. */
var isHistoryStart = (start) => {
	const [line = ""] = start.toString("utf8").replace(/^\uFEFF/, "").split("\n");
	if ([
		"replica-desk-history-chain",
		"replica-desk-history-contents",
		"replica-desk-history-extract"
	].some((one) => line.includes(`"${one}"`))) return true;
	const isReceipt = [receiptFormat, folderReceiptFormat].some((one) => line.includes(`"${one}"`));
	return /^\s*\{"/.test(line) && /"(?:seq|prevHash)":/.test(line) && !isReceipt;
};
/** Checks a file, whichever it is. Throws only if it cannot be read. */
var verifyFile = async (path, options = {}) => {
	return isHistoryStart(await startOf(path)) ? verifyHistory(basename(path), createReadStream(path), options) : (await verifyReceiptFile(path, options)).verdict;
};
// src/verifier/command.ts
var usage = `Checks receipts and exported histories of Replica Desk.

  node verify-receipt.mjs FILE [FILE…] [--key FINGERPRINT] [--against RECEIPT] [--json]

  --key FINGERPRINT   the key that must have signed, as its owner told you: 24 hex digits
  --against RECEIPT   hold exported histories, and other receipts, against this receipt
  --json              print the verdicts as JSON

Exit code 0: every file is good. 1: one was refused. 2: a file could not be read, or the command is wrong.
`;
/** null: not understood */
var readCommand = (args) => {
	const command = {
		files: [],
		key: null,
		against: null,
		isJson: false
	};
	for (let index = 0; index < args.length; index += 1) {
		const word = args[index] ?? "";
		if (word === "--json") command.isJson = true;
		else if (word === "--key" || word === "--against") {
			index += 1;
			const value = args[index];
			if (value === void 0) return null;
			command[word === "--key" ? "key" : "against"] = value;
		} else if (word.startsWith("--")) return null;
		else command.files.push(word);
	}
	const isKeyOdd = command.key !== null && !isFingerprint(command.key);
	return command.files.length === 0 || isKeyOdd ? null : command;
};
var inWords = ({ fileName, what, isGood, isSample, findings }) => {
	const names = {
		receipt: "receipt",
		history: "exported history",
		unknown: "file"
	};
	const lines = findings.map(({ code, text }) => `  ${text} [${code}]`);
	const good = findings.some(({ code }) => code === "names-forgotten") ? "GOOD, BUT FOR WHAT WAS FORGOTTEN" : "GOOD";
	return [
		`${isGood ? isSample ? `SAMPLE DATA, ${good}` : good : "REFUSED"}  ${names[what]} ${shownShort(fileName)}`,
		...lines,
		""
	].join("\n");
};
var notRead = (path, error) => {
	const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
	process.stderr.write(`NOT READ  ${shownShort(path)}\n  The file could not be read (${shown(code)}).\n`);
};
/** the exit code */
var run = async (args) => {
	if (args.includes("--help")) {
		process.stdout.write(usage);
		return 0;
	}
	const command = readCommand(args);
	if (command === null) {
		process.stderr.write(usage);
		return 2;
	}
	let against = null;
	if (command.against !== null) {
		const path = command.against;
		const checked = await verifyReceiptFile(path, { key: command.key }).catch((error) => notRead(path, error));
		if (checked === void 0) return 2;
		if (checked.receipt === null) {
			process.stderr.write(inWords(checked.verdict));
			return 1;
		}
		against = checked.receipt;
	}
	const verdicts = [];
	let isAllRead = true;
	for (const path of command.files) {
		const verdict = await verifyFile(path, {
			key: command.key,
			against
		}).catch((error) => notRead(path, error));
		if (verdict === void 0) isAllRead = false;
		else verdicts.push(verdict);
		if (verdict !== void 0 && !command.isJson) process.stdout.write(inWords(verdict));
	}
	if (command.isJson) process.stdout.write(`${JSON.stringify(verdicts, null, 2)}\n`);
	if (!isAllRead) return 2;
	return verdicts.every(({ isGood }) => isGood) ? 0 : 1;
};
process.exitCode = await run(process.argv.slice(2));
export {};
