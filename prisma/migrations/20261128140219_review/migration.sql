-- Texts and CVs of people are sealed with their own key. Nothing was in use before: what lay here in the clear goes, and is not carried over.
-- AlterTable
ALTER TABLE "Profile" DROP COLUMN "education",
DROP COLUMN "wish",
ADD COLUMN     "educationSealed" BYTEA,
ADD COLUMN     "wishSealed" BYTEA;

-- AlterTable
ALTER TABLE "StoredFile" ADD COLUMN     "nameSealed" BYTEA;
