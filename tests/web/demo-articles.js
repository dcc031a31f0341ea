// Owns what the demo's newspaper looks like: its front page, one article, its style.
import { inText } from './page-html.js';

const STYLE = `<meta name="viewport" content="width=device-width"><style>
  body { margin: 0; background: #fbfaf7; color: #1c1b19; font: 17px/1.55 Georgia, serif; }
  header, main, footer { max-width: 1040px; margin: auto; padding: 0 24px; }
  header { border-bottom: 3px double #1c1b19; text-align: center; }
  header p { margin: 0 0 12px; color: #6b665c; font-style: italic; }
  h1 { margin: 24px 0 0; font-size: 52px; letter-spacing: -1px; }
  .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 28px; padding: 28px 0; }
  .lead { grid-column: 1 / -1; display: grid; grid-template-columns: 3fr 2fr; gap: 28px; }
  article img { width: 100%; height: auto; border-radius: 3px; display: block; }
  h2 { margin: 8px 0 6px; line-height: 1.2; } .lead h2 { font-size: 34px; }
  a { color: inherit; text-decoration: none; } a:hover { text-decoration: underline; }
  .kicker { margin: 14px 0 0; color: #a3231b; font: 600 13px/1 system-ui, sans-serif; text-transform: uppercase; letter-spacing: .06em; }
  footer { border-top: 1px solid #cfc9bd; color: #6b665c; font-size: 14px; padding: 16px 24px 40px; }
  iframe, audio { display: none; }
  @media (max-width: 700px) { .lead { grid-template-columns: 1fr; } h1 { font-size: 38px; } }
</style>`;

/** @type {{ kicker: string, title: string, text: string, picture: string }[]} */
const ARTICLES = [
  {
    kicker: 'Économie',
    title: 'Les forêts du Nord changent de mains',
    text: 'Trois communes rachètent ensemble huit cents hectares de hêtres, pour que personne ne les coupe à leur place.',
    picture: 'forets-du-nord',
  },
  {
    kicker: 'Sciences',
    title: 'Une comète pour la fin de l’été',
    text: 'Visible à l’œil nu pendant neuf nuits, elle ne reviendra que dans quatre mille ans.',
    picture: 'comete',
  },
  {
    kicker: 'Culture',
    title: 'Le théâtre de la Halle rouvre ses portes',
    text: 'Sept ans de travaux, un plafond retrouvé sous la peinture, et une première pièce sans décor.',
    picture: 'theatre',
  },
  {
    kicker: 'Ville',
    title: 'Le dernier réparateur de montres du quai',
    text: 'Il a formé son successeur pendant dix ans. Elle ouvre lundi, à la même adresse.',
    picture: 'montres',
  },
  {
    kicker: 'Sport',
    title: 'Traversée de la baie : le record tient toujours',
    text: 'Vent contraire, mer belle : les quarante nageurs sont tous arrivés, aucun plus vite qu’en 1987.',
    picture: 'baie',
  },
  {
    kicker: 'Cuisine',
    title: 'La soupe de ceux qui rentrent tard',
    text: 'Un poireau, deux pommes de terre, du lait, un quart d’heure.',
    picture: 'soupe',
  },
];

/** @param {(typeof ARTICLES)[number]} article */
function picture({ picture: name }) {
  return `<img src="https://images.presse-photo.test/${name}.svg" alt="" width="480" height="270">`;
}

/** @param {string} content */
function frame(content) {
  return `<header><h1>Le Journal</h1><p>Quotidien imaginaire, édition de démonstration</p></header>
    <main>${content}</main><footer>Rien ici n’existe : ni le journal, ni ses annonceurs.</footer>`;
}

/**
 * @returns {{ front: { title: string, head: string, body: string }, article: { title: string, head: string, body: string } }}
 */
export function articlesHtml() {
  const cards = ARTICLES.map((article, index) => {
    const words = `<div><p class="kicker">${inText(article.kicker)}</p>
      <h2><a href="/economie/les-forets-du-nord">${inText(article.title)}</a></h2><p>${inText(article.text)}</p></div>`;
    return `<article class="${index === 0 ? 'lead' : ''}"><div>${picture(article)}</div>${words}</article>`;
  });
  const [lead] = ARTICLES;
  const story = lead
    ? `<article><p class="kicker">${inText(lead.kicker)}</p><h2>${inText(lead.title)}</h2>${picture(lead)}
       <p>${inText(lead.text)}</p><p><a href="/">← Retour à la une</a></p></article>`
    : '';
  return {
    front: { title: 'Le Journal', head: STYLE, body: frame(`<div class="grid">${cards.join('')}</div>`) },
    article: { title: 'Les forêts du Nord — Le Journal', head: STYLE, body: frame(story) },
  };
}
