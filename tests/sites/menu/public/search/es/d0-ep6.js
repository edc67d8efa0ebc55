guidepostSearch(`es/d0-ep6
	0	0	es/a/index.html	A	en
	A	2	Its pages.
	1	0	es/a/three.html	Three	en
	Three	2	Text.
	2	0	es/b/model.html	A model	en
	A model	1	Text.
	3	0	es/a/one.html	One	en
	One	2	Text.
	4	0	es/a/two.html	Two	en
	Two	2	Text.
	5	0	es/index.html	Start	en
	Start	2	The start.
	6	0	es/b/deep/page.html	Deep page	en
	Deep page	2	Text.
	7	0	es/b/deep/index.html	Deep	en
	Deep	2	Its pages.
	8	0	es/b/index.html	Be	
	Be	2	Sus páginas.
`)
