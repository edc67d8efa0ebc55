guidepostSearch(`es/shhfi
0AM home
1N ano uno
0FN fine
1R four
0KS casa
0MS mas
1TR motor
0STRT start
0T two
1R three
`)
