/** Of pictures; they can be read without it. On a narrow screen the name of a strip stands above it. */
export const PICTURE_STYLE = `
figure.picture { margin: 1rem 0; }
.picture figcaption { font-weight: 600; margin-bottom: .35rem; }
.picture figcaption .quiet { font-weight: 400; }
.picture svg { display: block; }
.picture svg text { font-family: system-ui, sans-serif; }
.picture svg.axis { overflow: visible; }
.strips th, .strips td { padding: .15rem .75rem .15rem 0; vertical-align: middle; border-bottom: 0; }
.strips th[scope=row] { font-weight: 400; min-width: 13rem; overflow-wrap: anywhere; }
.strips td, .matrix td { white-space: nowrap; }
.strips thead th { font-weight: 400; }
.legend .key { white-space: nowrap; margin-right: .75rem; }
.legend svg { display: inline-block; vertical-align: -1px; }
@media (max-width: 40rem) {
  .strips thead { display: none; }
  .strips tr { display: block; margin-bottom: .35rem; }
  .strips th, .strips td { display: block; padding: 0; }
  .strips th[scope=row] { min-width: 0; }
  .strips td.number { text-align: left; white-space: normal; }
}
`;
