/** What the page is told; written into it as JSON. */
export interface PageSetup {
  readonly endpoint: string;
  readonly personas: readonly { readonly name: string; readonly token: string }[];
  readonly tabs: readonly { readonly name: string; readonly query: string; readonly variables?: string; readonly headers?: string; readonly persona?: string }[];
}

/** The explorer's page. The setup is a data block, which a strict content policy lets stand; `<` is escaped, so it cannot end early. */
export const explorerPage = (setup: PageSetup): string => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Comity explorer</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/explorer/graphiql.css">
  <link rel="stylesheet" href="/explorer/page.css">
</head>
<body>
  <header><strong>Comity</strong> <label>Ask as <select id="persona"></select></label></header>
  <main id="explorer">Loading…</main>
  <script id="setup" type="application/json">${JSON.stringify(setup).replaceAll('<', '\\u003c')}</script>
  <script src="/explorer/react.js"></script>
  <script src="/explorer/react-dom.js"></script>
  <script src="/explorer/graphiql.js"></script>
  <script src="/explorer/start.js"></script>
</body>
</html>
`;

export const EXPLORER_STYLE = `
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 14px system-ui, sans-serif; }
header { display: flex; gap: 1.5em; align-items: center; padding: 6px 12px; border-bottom: 1px solid #d5d9e0; }
header select { font: inherit; }
#explorer { flex: 1; min-height: 0; }
`;

/** Runs in the browser: opens the tabs, and sends each request as the persona that is chosen. */
export const EXPLORER_SCRIPT = `
'use strict';
const setup = JSON.parse(document.getElementById('setup').textContent);
const picker = document.getElementById('persona');
for (const { name } of setup.personas) picker.add(new Option(name, name));

const operationName = (query) => (/(?:query|mutation)\\s+(\\w+)/.exec(query) || [])[1];
const personaOfTab = new Map(setup.tabs.filter((tab) => tab.persona).map((tab) => [operationName(tab.query), tab.persona]));
const choose = (name) => { if (setup.personas.some((persona) => persona.name === name)) picker.value = name; };
if (setup.tabs[0]) choose(setup.tabs[0].persona);

// For a moment after a change of tab the editor still sends the name of the operation before.
const named = ({ operationName: name, ...request }) => (name && new RegExp('\\\\b' + name + '\\\\b').test(request.query) ? { ...request, operationName: name } : request);

const fetcher = async (request, options) => {
  const persona = setup.personas.find(({ name }) => name === picker.value);
  const own = Object.fromEntries(Object.entries((options && options.headers) || {}).map(([name, value]) => [name.toLowerCase(), value]));
  const answer = await fetch(setup.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(persona && { authorization: 'Bearer ' + persona.token }), ...own },
    body: JSON.stringify(named(request)),
  });
  return answer.json();
};

let active;
const tabChanged = ({ tabs, activeTabIndex }) => {
  const tab = tabs[activeTabIndex];
  if (tab && tab.id !== active) { active = tab.id; choose(personaOfTab.get(tab.operationName || operationName(tab.query || ''))); }
};

const tabs = setup.tabs.map(({ name, query, variables, headers }) => ({ query: '# ' + name + '\\n' + query.trim() + '\\n', variables, headers }));
ReactDOM.createRoot(document.getElementById('explorer')).render(React.createElement(GraphiQL, {
  fetcher,
  storage: window.sessionStorage,
  defaultEditorToolsVisibility: 'variables',
  onTabChange: tabChanged,
  ...(tabs.length > 0 && { defaultTabs: tabs }),
}));
`;
