guidepostSearch(`en/s5a58
0ALDS holds
1N one
2D hand
2TR another
0BK back
0GRP grip
0NT note
0PR paper
2T part
0STRT start
0T two
1KST text
0WRD word
3S words
`)
