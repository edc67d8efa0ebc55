guidepostSearch(`en/d0-5u8
	0	0	one.html	One	
	One	2	Text.
	1	0	sub/a.html	A	
	A	2	b more form to here
	2	0	sub/index.html	Part	
	Part	2	
	3	0	sub/b.html	B	
	B	2	One step, see form.
	4	0	index.html	HTML	
	HTML	2	A bold word and a key . alert(1) Red
	5	0	sub/play.html	Play	
	Play	2	
-	Clay	0	
-	Beads	0	Not closed.
`)
