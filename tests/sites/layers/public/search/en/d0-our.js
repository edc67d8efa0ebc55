guidepostSearch(`en/d0-our
	0	0	model.html	Model	
	Model	1	Text.
	1	0	visit.html	Visit	
	Visit	4	Text.
	2	0	index.html	Start	
	Start	2	The start.
`)
