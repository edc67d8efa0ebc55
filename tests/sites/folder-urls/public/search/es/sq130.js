guidepostSearch(`es/sq130
0AM home
1N one
2GLS ingles
2S inicio
0BK back
0MRK mark
0PRT part
`)
