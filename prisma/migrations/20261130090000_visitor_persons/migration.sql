-- A ticket for several is as many visitors as came in with it. Of the rows that are there each was counted as one person.
ALTER TABLE "VisitorDay" ADD COLUMN     "entered" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 1;
