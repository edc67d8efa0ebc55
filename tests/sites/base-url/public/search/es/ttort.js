guidepostSearch(`es/ttort
0a:0W6
0dias=días:1W6
0inicio:3a6
0one:2W6
0section:0W6
0text:041414
`)
