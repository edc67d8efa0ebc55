guidepostSearch(`en/d0-let
	0	0	a/index.html	A	
	A	2	Its pages.
	1	0	a/three.html	Three	
	Three	2	Text.
	2	0	b/model.html	A model	
	A model	1	Text.
	3	0	a/one.html	One	
	One	2	Text.
	4	0	a/two.html	Two	
	Two	2	Text.
	5	0	index.html	Start	
	Start	2	The start.
	6	0	b/deep/page.html	Deep page	
	Deep page	2	Text.
	7	0	b/deep/index.html	Deep	
	Deep	2	Its pages.
	8	0	b/index.html	B	
	B	2	Its pages.
`)
