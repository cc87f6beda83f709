// Stops at once where `npm ci` could not bring Node 24 (for example with --ignore-scripts).
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Phasegate needs Node 24; this is ${process.version}. Run: npm rebuild node (it comes from the npm package "node").`,
  );
  process.exit(2);
}
