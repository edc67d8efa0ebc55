guidepostSearch(`es/t8e5q
0agarre:0WM24 6s:24
0education:0m8
7vo:0WC
1l:2W6
0grip:0mH
0iep:0m9141a6
1ndividualized:0m8
0linked:14
0off:1W6
0palabras:0W6
1lan:0a8
1rogram:0m8 7a:0WC
0sostiene:0aG
`)
