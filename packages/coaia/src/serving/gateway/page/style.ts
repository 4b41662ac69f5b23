/** The look of the page: the tokens of the workbench, light and dark. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--surface:#f7f8fa;--border:#e5e8ee;--field:#858fa2;--text:#12161f;--muted:#566076;--accent:#4f46e5;--on-accent:#fff;--soft:#eef0ff;--ok:#0f7b4f;--warn:#9a5b00;--error:#c02a2a}
@media(prefers-color-scheme:dark){:root{--bg:#0b0d11;--surface:#12151b;--border:#232935;--field:#6b768b;--text:#e7eaf0;--muted:#97a1b3;--accent:#8d8cf8;--on-accent:#0b0d11;--soft:#1c1d3a;--ok:#3fcf8e;--warn:#f0b14a;--error:#ff7b72}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:13px/1.45 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 24px}
header{padding-top:24px}
h1{font-size:20px;font-weight:600;margin:0}
h2{font-size:16px;font-weight:600;margin:0}
h3{font-size:13px;font-weight:600;margin:24px 0 8px}
p{margin:4px 0 0;max-width:720px}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:12px 0 0;padding:0}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.muted{color:var(--muted)}
.skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:4px 8px}
section{border-top:1px solid var(--border);margin-top:24px;padding-top:24px}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 12px}
.state::before{content:"";display:inline-block;width:6px;height:6px;border-radius:50%;margin-right:6px;vertical-align:middle;background:var(--warn)}
.state.ready::before{background:var(--ok)}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(300px,380px);gap:0 32px}
@media(max-width:900px){.columns{grid-template-columns:minmax(0,1fr)}}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:5px 16px 5px 0;border-bottom:1px solid var(--border)}
thead th{font-size:12px;font-weight:500;color:var(--muted)}
tbody th{font-weight:500}
td.number{text-align:right}
code,pre,.mono{font-family:"JetBrains Mono",ui-monospace,monospace;font-size:12px}
pre{flex:1;min-width:0;margin:0;padding:12px;overflow-x:auto;line-height:1.5}
details{border-bottom:1px solid var(--border);padding:6px 0}
summary{cursor:pointer;font-weight:500}
.snippet{display:flex;align-items:flex-start;background:var(--surface);border:1px solid var(--border);border-radius:6px;margin-top:8px}
.snippet button{flex:none;margin:6px}
form{background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:16px;margin-top:24px}
form h3{margin:0 0 8px}
label{display:block;font-size:12px;font-weight:500;margin-top:10px}
input,select{width:100%;height:30px;margin-top:3px;padding:0 8px;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--field);border-radius:6px}
[aria-invalid=true]{border-color:var(--error)}
.problem{color:var(--error);font-size:12px;margin:3px 0 0}
button{font:inherit;font-weight:500;height:26px;padding:0 10px;border:1px solid var(--field);border-radius:6px;background:var(--bg);color:inherit;cursor:pointer}
button[type=submit]{height:32px;margin-top:16px;padding:0 16px;border-color:var(--accent);background:var(--accent);color:var(--on-accent)}
.answer{display:block;margin-top:12px}
.answer .main{font-size:16px;font-weight:600}
.answer td{padding:3px 0}
.flag{border-left:2px solid var(--warn);padding-left:8px;margin-top:8px}
.wrong{border-left:2px solid var(--error);padding-left:8px}
footer{padding-bottom:32px;color:var(--muted)}
footer::before{content:"";display:block;border-top:1px solid var(--border);margin:32px 0 16px}
`;
