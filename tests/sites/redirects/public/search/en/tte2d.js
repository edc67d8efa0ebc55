guidepostSearch(`en/tte2d
0a:0W62W6
0more:2W6
0page:2W6
0start:1a6
0text:24
`)
