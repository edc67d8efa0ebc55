guidepostSearch(`en/si2cc
0AM home
1N one
0BK back
0MRK mark
0PRT part
0STRT start
`)
