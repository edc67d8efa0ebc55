guidepostSearch(`en/tf2ov
0a:1W6
0more:1W6
0page:1W6
0start:0a6
0text:14
`)
