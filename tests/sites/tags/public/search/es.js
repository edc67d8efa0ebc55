guidepostSearch(`2 es 5 8 4 1 0
activity=Actividades	model=Modelos	page=Páginas	term=Palabras
bnk
0	fa4i
0	hhfi
a acerca al algo algun alguna algunas alguno algunos ante antes aquel asi aun aunque cada como con contra cual cuales cualquier cuando cuanto cuanta cuantos cuantas de del desde donde dos e el ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta estaba estan estar estas este esto estos estoy fue ha haber habia han hasta hay he hay hago hacer hace hacen la las le les lo los mas me mi mis mucho muy necesita necesito ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por porque pueda puede pueden puedo pues que quien quienes quiere quieren quiero se sea segun ser si sido sin sobre solo son soy su sus tal tambien tan tanto te tener tengo ti tiene tienen todo todos toda todas tu tus un una unas uno unos usted ustedes va van voy y ya yo hijo hija hijos hijas nino nina ninos ninas dar da dan nadie nada alguien ninguno ninguna
`)
