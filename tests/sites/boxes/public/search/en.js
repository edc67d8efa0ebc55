guidepostSearch(`2 en 3 2 4 1 0
activity=Activities	model=Models	page=Pages	term=Words
5cl
0	u12i
0	chtd
a about after all also am an and any are as at be because been before being both but by can cant could did do does doing done dont during each either else ever every few for from get gets getting go goes going got had has have having he her here hers him his how i if im in into is isnt it its ive just know let like ll lot make may me mean means might mine more most much must my need needs no nor not now of off on one only onto or other our ours out own put re really said say says see shall she should so some such take tell than that the their theirs them then there these they thing things this those though to too under until up upon us use used very want wants was way we well were what when where which while who whom whose why will with within without wont would you your yours kid kids child children son daughter nobody anybody somebody everybody someone anyone everyone nothing something anything everything give gives given
`)
