guidepostSearch(`en/tu4r4
0a:0W6
1nother:2a8
0back:2a8
0grip:1WE1a8
0hand:1a8
1olds:1a8
0note:042a8
0one:2W6
0paper:34
2rt:2aE2aE
0start:4W6
0text:04
1wo:3W61a8
0word:2a8 4s:1W6
`)
