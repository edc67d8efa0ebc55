guidepostSearch(`2 ar 4 4 4 1 0
activity=Activities	model=Models	page=Pages	term=Words
dg5
0	2ko2
0	nup6
في من الي على علي عن ما ماذا متى متي كيف اين هل هو هي هم هذا هذه ذلك تلك التي الذي الذين ان او ثم لا لم لن قد كان كانت يكون تكون كل مع بعد قبل بين حتي اذا لكن و يا طفلي طفل ابني ابنتي
`)
