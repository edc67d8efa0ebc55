guidepostSearch(`es/d0-i87
	0	0	es/one.html	One	en
	One	2	Text.
	1	0	es/sub/a.html	A	en
	A	2	b more form to here
	2	0	es/sub/index.html	Part	en
	Part	2	
	3	0	es/sub/b.html	B	en
	B	2	One step, see form.
	4	0	es/index.html	HTML	en
	HTML	2	A bold word and a key . alert(1) Red
	5	0	es/sub/play.html	Play	en
	Play	2	
-	Clay	0	
-	Beads	0	Not closed.
`)
