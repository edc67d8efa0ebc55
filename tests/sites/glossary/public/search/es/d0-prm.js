guidepostSearch(`es/d0-prm
	0	0	es/words.html	Palabras	
	Palabras	2	
iep	Programa educativo	3	Un plan.
grip	Agarre	3	Cómo se sostiene algo.
	1	0	es/off.html	Off	en
	Off	2	The IEP is not linked here.
	2	0	es/index.html	El IEP	
	El IEP	2	El IEP y el agarre. Los agarres.
`)
