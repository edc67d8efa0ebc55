guidepostSearch(`es/smq21
0ADKSN education
3TB educativo
1F off
1GR agarre
3S agarres
1NDBDLSD individualized
1P iep
0GRP grip
0LNKD linked
0PLBRS palabras
2N plan
1RGRM program programa
0STN sostiene
`)
