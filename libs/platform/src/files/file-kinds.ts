import type { FileKind } from '../database/models.js';

export interface FileType {
  /** For a person: `PDF`. */
  name: string;
  mediaType: string;
  extension: string;
  matches(bytes: Buffer): boolean;
}

const starts = (bytes: Buffer, hex: string): boolean => bytes.subarray(0, hex.length / 2).toString('hex') === hex;

const pdf: FileType = { name: 'PDF', mediaType: 'application/pdf', extension: 'pdf', matches: (bytes) => starts(bytes, '255044462d') };
const jpeg: FileType = { name: 'JPEG', mediaType: 'image/jpeg', extension: 'jpg', matches: (bytes) => starts(bytes, 'ffd8ff') };
const png: FileType = { name: 'PNG', mediaType: 'image/png', extension: 'png', matches: (bytes) => starts(bytes, '89504e470d0a1a0a') };
/** A ZIP whose directory names the parts of a Word document (ECMA-376); names are not compressed. */
const docx: FileType = {
  name: 'DOCX',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  extension: 'docx',
  matches: (bytes) => starts(bytes, '504b0304') && bytes.includes('[Content_Types].xml') && bytes.includes('word/document.xml'),
};

/** What each kind of file may be. The bytes decide; what the browser calls it counts for nothing. */
export const fileTypes: Record<FileKind, readonly FileType[]> = {
  licence: [pdf, jpeg, png],
  cv: [pdf, docx, jpeg, png],
  cover: [jpeg, png],
};

/** What a file of that kind is, or undefined when it is none of those that are taken. */
export const typeOf = (kind: FileKind, bytes: Buffer): FileType | undefined => fileTypes[kind].find((type) => type.matches(bytes));

/**
 * A name that can be shown and saved anywhere: no folders, no control or direction characters (a reversed `fdp.exe`), the
 * ending of what it is, at most 120 characters.
 */
export function cleanName(name: string, type: FileType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const bare = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '').replace(/[<>:"|?*]/g, '_').replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/^[\s.]+|[\s.]+$/g, '');
  return `${[...bare].slice(0, 110).join('') || 'file'}.${type.extension}`;
}
