guidepostSearch(`en/d0-2qv
	0	0	words.html	Words	
	Words	2	
iep	Individualized Education Program	3	A written plan. An IEP is not linked to itself, a grip is.
-	Fine motor skill	3	Small movements.
-	Grip	3	How a hand holds.
	0	4	words.html	Words	
-	Play	3	What children do.
	1	0	off.html	Off	
	Off	2	The IEP is not linked here.
	2	0	index.html	The IEP	
	The IEP	2	An IEP is a plan. The IEP lists goals. IEPs differ. Fine motor skill, and fine motor.
-	A second part about the IEP		Here the IEP is linked again, but not in the IEP, IEP, or:
`)
