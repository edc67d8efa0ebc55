guidepostSearch(`en/snte1
0ABRD everyday
2T about
1DKSN education
3TB educativo
1F off
1GN again
2R agarre
1LDS holds
2N alone
1ND hand
3BDLSD individualized
1P iep
2S ieps
1TSLF itself
0DFR differ
0FN fine
0GLS goals
1RP grip
3S grips
0LFT left
1NKD linked
1STS lists
0MBMNTS movements
1TR motor
0PL play
2N plan
1RGRF paragraph
4M program programa
2T part
0RTN written
0SKL skill
2ND second
1ML small
0T the
0WRDS words
`)
