/** Stands in for a native add-on that would run an install script; whoever asks for it falls back to JavaScript. */
module.exports = undefined;
