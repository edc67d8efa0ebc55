guidepostSearch(`en/tbces
030:24
0a:0m72W6
0b:8W6
0deep:6W41W6
0model:2W6
0one:3W6
0page:6W4 4s:047414
0short:0m1
1tart:5a6
0text:1414141424
1hree:1W616
1wo:262W6
`)
