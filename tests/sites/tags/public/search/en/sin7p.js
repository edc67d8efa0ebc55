guidepostSearch(`en/sin7p
0AM home
1N ano one
0FN fine
1R four
0MS mas
1TR motor
0STRT start
0T two
1R three
`)
